using System.Diagnostics;

namespace NeuralNet.Tests.Samples;

/// <summary>A network in a file, and as many samples as take it some seconds one by one, so that a request can be caught while it runs.</summary>
internal sealed class SlowNetwork : IDisposable
{
    private const int Inputs = 16, Hidden = 2500, Outputs = 3;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    private readonly ScratchFolder folder = new();

    public SlowNetwork()
    {
        Network<float> network = Network.Input<float>(Inputs).Affine(Hidden).Relu().Affine(Hidden).Relu().Affine(Outputs).SoftmaxWithLoss().Build(seed: 1);
        Model = Path.Combine(folder.FullName, "slow.safetensors");
        network.Save(Model);
        Matrix<float> samples = Make.Uniform<float>((int)(Duration / OneSample(network)) + 1, Inputs, seed: 2);
        Samples = samples.ToRowArrays();
        Expected = network.Predict(samples).ToRowArrays();
    }

    public string Model { get; }

    public float[][] Samples { get; }

    /// <summary>What it says of all samples in one batch.</summary>
    public float[][] Expected { get; }

    /// <summary>A server that takes all samples at once, and twice as many.</summary>
    public Task<ServeProcess> Serve(string timeout) => ServeProcess.Start(Model, null, "--timeout", timeout, "--max-samples", $"{2 * Samples.Length}");

    public void Dispose() => folder.Dispose();

    // The fastest of some, on one thread as the server has it: nothing makes the request faster than that.
    private static TimeSpan OneSample(Network<float> network)
    {
        network.MaxThreads = 1;
        var sample = new float[Inputs];
        return Enumerable.Range(0, 40).Min(_ =>
        {
            long start = Stopwatch.GetTimestamp();
            network.Classify<float>(sample);
            return Stopwatch.GetElapsedTime(start);
        });
    }
}
