using System.CommandLine;
using System.Globalization;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace NeuralNet.Benchmarks;

/// <summary><c>compare</c>: this library and its peers, side by side in one run.</summary>
internal static class CompareCommand
{
    private static readonly Option<string?> Only = new("--only")
    {
        Description = "One workload, or all whose names begin so, up to a hyphen: gemm-float, ceiling, book",
        HelpName = "NAME",
    };

    private static readonly Option<int> Repeats = new("--repeats")
    {
        Description = "Samples of each contender, of which the median counts",
        HelpName = "N",
        DefaultValueFactory = _ => 15,
    };

    private static readonly Option<string?> Json = new("--json")
    {
        Description = "File for one JSON object per row",
        HelpName = "FILE",
    };

    private static readonly Option<string> Python = new("--python")
    {
        Description = "Python interpreter with numpy and torch (Debian: apt-get install python3-numpy python3-torch)",
        HelpName = "FILE",
        DefaultValueFactory = _ => "/usr/bin/python3",
    };

    private static readonly Option<string?> OpenBlas = new("--openblas")
    {
        Description = "Directory with OpenBLAS's libblas.so.3 for the Python peers, if the system's is another (Debian: apt-get install libopenblas0-pthread)",
        HelpName = "DIR",
    };

    private static readonly Option<string?> OnnxRuntime = new("--onnxruntime")
    {
        Description = "Directory with the npm package onnxruntime-node (npm install --ignore-scripts onnxruntime-node@1.30.0); else ONNXRUNTIME_NODE, NODE_PATH and the node_modules around are searched",
        HelpName = "DIR",
    };

    public static Command Create()
    {
        var compare = new Command("compare", """
            Measures the library and its peers in one run, in turn, and prints the medians.

            Every contender computes the same numbers from the same data and weights, which is checked first.
            It warms up for half a second and 40 iterations at least, until two samples agree or three seconds have
            passed; the .NET runtime keeps its defaults, tiered compilation with profiles included. A sample is about
            30 ms after one iteration that is not timed; a pause of 60 ms before it lets the other's threads come to
            rest. A product is compared with a peer on as many threads; all else with the peer's better count of 1 and
            2. PyTorch takes part twice: its threads wait for work as they do by default, and as with
            OMP_WAIT_POLICY=PASSIVE.
            """)
        {
            Only, Repeats, Json, Python, OpenBlas, OnnxRuntime,
        };
        compare.SetAction(result => Compare(
            result.GetValue(Only),
            result.GetValue(Repeats),
            result.GetValue(Json),
            new PythonSettings(result.GetValue(Python)!, result.GetValue(OpenBlas)),
            result.GetValue(OnnxRuntime)));
        return compare;
    }

    private static int Compare(string? only, int repeats, string? jsonFile, PythonSettings python, string? onnxRuntime)
    {
        IReadOnlyList<Workload> workloads = only is null ? WorkloadTable.All : WorkloadTable.Named(only);
        if (workloads.Count == 0)
            return Commands.Fail($"--only expects one of {string.Join(", ", WorkloadTable.All.Select(workload => workload.Name))}, or the beginning of some, up to a hyphen; got '{only}'.");
        if (repeats < 1)
            return Commands.Fail($"--repeats must be at least 1; got {repeats.ToString(CultureInfo.InvariantCulture)}.");

        using var scratch = new ScratchFolder();
        using var torch = new WorkerPeer("PyTorch", "torch", python, scratch);
        using var passive = new WorkerPeer("PyTorch passive", "torch", python, scratch, waitsPassively: true);
        using var numpy = new WorkerPeer("NumPy", "numpy", python, scratch);
        using var mathNet = new InProcessPeer("MathNet alone", MathNet(), (workload, threads) => workload.MathNetAlone(threads));
        using var bare = new InProcessPeer("bare steps", "of this library, on batches that lie ready", (workload, threads) => workload.BareSteps(threads));
        using var onnx = new OnnxRuntimePeer(onnxRuntime, torch, scratch);
        IPeer[] peers = [torch, passive, numpy, mathNet, bare, onnx];
        using RowWriter rows = new(jsonFile);
        PrintHeader(peers, repeats);
        RowWriter.WriteHeading();
        foreach (Workload workload in workloads)
        {
            foreach (Row row in new Comparison(workload, peers).Run(repeats))
                rows.Write(row);
        }

        return 0;
    }

    private static string MathNet() => $"{typeof(LinearAlgebraControl).Assembly.GetName().Version?.ToString(3)}, {LinearAlgebraControl.Provider} provider";

    private static void PrintHeader(IEnumerable<IPeer> peers, int repeats)
    {
        string date = DateTime.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Console.WriteLine($"{Machine.Processor}, {Environment.ProcessorCount} cores, .NET {Environment.Version}, {date}");
        foreach (IPeer peer in peers)
            Console.WriteLine($"{peer.Name} {peer.Description}");
        Console.WriteLine($"Medians of {repeats} samples of each peer, taken in turn with ours.");
        if (Machine.Load is double load and > 0.5)
            Console.WriteLine(FormattableString.Invariant($"The machine was busy in the last minute (load {load:0.0}): if others still run on it, these figures mean little."));
        Console.WriteLine();
    }
}
