namespace NeuralNet.Tests.Samples;

/// <summary>A network in a file that takes some milliseconds for a sample, so that a request can be caught while it runs.</summary>
internal sealed class SlowNetwork : IDisposable
{
    private const int Inputs = 16, Hidden = 2500, Outputs = 3;

    private readonly ScratchFolder folder = new();

    public SlowNetwork()
    {
        Network<float> network = Network.Input<float>(Inputs).Affine(Hidden).Relu().Affine(Hidden).Relu().Affine(Outputs).SoftmaxWithLoss().Build(seed: 1);
        Model = Path.Combine(folder.FullName, "slow.safetensors");
        network.Save(Model);
        Matrix<float> samples = Make.Uniform<float>(600, Inputs, seed: 2);
        Samples = samples.ToRowArrays();
        Expected = network.Predict(samples).ToRowArrays();
    }

    public string Model { get; }

    public float[][] Samples { get; }

    /// <summary>What it says of all samples in one batch.</summary>
    public float[][] Expected { get; }

    public void Dispose() => folder.Dispose();
}
