namespace NeuralNet.Tests;

/// <summary>What a training step of a convolutional network keeps in memory.</summary>
[Collection(RunsAlone.Name)]
public class MemoryTests
{
    private const int Batch = 64;

    // An image that were unfolded for a kernel of 3x3 would be nine times as large as itself.
    [Theory]
    [InlineData("windows of 5x5")]
    [InlineData("tiles of 3x3")]
    public void Beside_parameters_a_step_keeps_at_most_three_times_the_activations(string kernels)
    {
        // A thread of its own, which has no memory for intermediate results yet.
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Check(kernels == "tiles of 3x3" ? 3 : 5);
            }
            catch (Exception error)
            {
                failure = error;
            }
        });
        thread.Start();
        thread.Join();
        failure.Should().BeNull();
    }

    private static void Check(int kernelSize)
    {
        Matrix<float> x = Make.Uniform<float>(Batch, 28 * 28, seed: 1);
        int[] labels = [.. Enumerable.Range(0, Batch).Select(i => i % 10)];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Network<float> network = Network.Input<float>(new Shape(1, 28, 28))
            .Convolution(16, kernelSize).Relu().Convolution(32, kernelSize).Relu().MaxPooling(2).Flatten().Affine(10).SoftmaxWithLoss()
            .Build(seed: 1);
        network.MaxThreads = 1;
        var optimizer = new Optimizer<float>(network, new Sgd(0.01));
        for (int step = 0; step < 3; step++)
            network.Step(x, labels, optimizer);

        long kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        long parameters = network.Parameters.Sum(parameter => 2L * parameter.Shape.Size * sizeof(float));
        long activations = network.Layers.Sum(layer => (long)network.OutputShapeOf(layer).Size * Batch * sizeof(float));

        // At least half, or it was not measured: a Relu shares its outputs with the convolution before it.
        (kept - parameters).Should().BeInRange(activations / 2, 3 * activations);
        GC.KeepAlive(optimizer);
    }
}
