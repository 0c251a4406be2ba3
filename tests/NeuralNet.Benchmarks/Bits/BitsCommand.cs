using System.CommandLine;
using System.Globalization;
using System.Runtime.Intrinsics;

namespace NeuralNet.Benchmarks;

/// <summary><c>bits</c>: fingerprints of the weights that training ends in, which no number of threads and no vector width may change.</summary>
internal static class BitsCommand
{
    private const int Disagreed = 1;

    private static readonly int[] ThreadCounts = [1, 2, 8];

    private static readonly TrainingWorkload[] All = [.. WorkloadTable.All.OfType<TrainingWorkload>()];

    private static readonly Option<string?> Only = new("--only")
    {
        Description = $"One workload: {string.Join(", ", All.Select(workload => workload.Name))}",
        HelpName = "NAME",
    };

    private static readonly Option<int> Steps = new("--steps")
    {
        Description = "Training steps",
        HelpName = "N",
        DefaultValueFactory = _ => 100,
    };

    private static readonly Option<bool> ScaleDown = new("--scale-down")
    {
        Description = "Train smaller networks of odd sizes instead, which takes seconds even without fused multiply-add",
    };

    // As the kernels choose.
    private static string Vectors =>
        Vector512.IsHardwareAccelerated ? "Vectors of 512 bits" : Vector256.IsHardwareAccelerated ? "Vectors of 256 bits" : Vector128.IsHardwareAccelerated ? "Vectors of 128 bits" : "No vectors";

    public static Command Create()
    {
        var bits = new Command("bits", """
            Trains each workload of compare in float and in double on 1, 2 and 8 threads, and prints the SHA-256 of the weights.

            The exit code is 1 if the number of threads changed them. Nor may the vectors: the first line says which ones the
            process has, and all the others are the same after DOTNET_EnableAVX512=0, DOTNET_EnableAVX2=0 or
            DOTNET_EnableHWIntrinsic=0. The last two leave no fused multiply-add; it is emulated, and slow: use few --steps.
            """)
        {
            Only, Steps, ScaleDown,
        };
        bits.SetAction(result => Print(result.GetValue(Only), result.GetValue(Steps), result.GetValue(ScaleDown)));
        return bits;
    }

    private static int Print(string? only, int steps, bool scaleDown)
    {
        TrainingWorkload[] workloads = [.. All.Where(workload => only is null || workload.Name == only)];
        if (workloads.Length == 0)
            return Commands.Fail($"--only expects one of {string.Join(", ", All.Select(workload => workload.Name))}; got '{only}'.");
        if (steps < 1)
            return Commands.Fail($"--steps must be at least 1; got {steps.ToString(CultureInfo.InvariantCulture)}.");

        Console.WriteLine($"{Vectors}, fused multiply-add {(Ceiling.IsSupported ? "of the processor" : "emulated")}.");
        Console.WriteLine();
        WriteRow("workload", "precision", "threads", "weightsSha256");
        bool agreed = true;
        foreach (TrainingWorkload workload in workloads)
        {
            NetworkShape shape = scaleDown ? workload.Shape.ScaledDown() : workload.Shape;
            agreed &= Agrees(workload.Name, "float", threads => Train<float>(shape, workload.Rule, threads, steps));
            agreed &= Agrees(workload.Name, "double", threads => Train<double>(shape, workload.Rule, threads, steps));
        }

        Console.WriteLine();
        Console.WriteLine(agreed ? "All numbers of threads agreed." : "The numbers of threads did not agree.");
        return agreed ? 0 : Disagreed;
    }

    private static bool Agrees(string workload, string precision, Func<int, string> train)
    {
        var fingerprints = new HashSet<string>();
        foreach (int threads in ThreadCounts)
        {
            string fingerprint = train(threads);
            fingerprints.Add(fingerprint);
            WriteRow(workload, precision, threads.ToString(CultureInfo.InvariantCulture), fingerprint);
        }

        return fingerprints.Count == 1;
    }

    private static string Train<T>(NetworkShape shape, IOptimizerRule rule, int threads, int steps)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Network<T> network = shape.Build<T>();
        network.MaxThreads = threads;
        var optimizer = new Optimizer<T>(network, rule);
        Matrix<T> x = shape.Samples<T>();
        int[] labels = shape.Labels();
        for (int step = 0; step < steps; step++)
            network.Step(x, labels, optimizer);
        return network.WeightsSha256();
    }

    private static void WriteRow(string workload, string precision, string threads, string fingerprint) =>
        Console.WriteLine($"{workload,-11}  {precision,-9}  {threads,7}  {fingerprint}");
}
