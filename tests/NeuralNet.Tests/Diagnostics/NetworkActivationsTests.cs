namespace NeuralNet.Tests;

public class NetworkActivationsTests
{
    // The 2-2-2 network of the tutorial, worked_examples.json: its sums and outputs by hand.
    [Fact]
    public void Each_layer_gives_the_numbers_of_the_book()
    {
        Network<double> network = Network.Input<double>(2)
            .Add(new Affine<double>(Make.Rows([0.7, 0.3], [0.2, 0.4]).Transpose())).Sigmoid()
            .Add(new Affine<double>(Make.Rows([0.1, 0.5], [0.8, 0.4]).Transpose()))
            .Build(seed: 1);

        IReadOnlyList<LayerActivation<double>> layers = network.Activations<double>([2, 4]);

        layers.Select(layer => $"{layer.Path} {layer.Layer} {layer.Shape}").Should().Equal("0 Affine(2 -> 2, no bias) 2", "1 Sigmoid 2", "2 Affine(2 -> 2, no bias) 2");
        ShouldBe(layers[0].Values, 2.6, 2);
        ShouldBe(layers[1].Values, 0.9308615796566531, 0.8807970779778825);
        ShouldBe(layers[2].Values, (0.1 * 0.9308615796566531) + (0.5 * 0.8807970779778825), (0.8 * 0.9308615796566531) + (0.4 * 0.8807970779778825));
    }

    [Fact]
    public void The_last_is_what_Predict_gives_and_the_loss_stands_as_its_head()
    {
        Network<float> network = Images();
        float[] sample = Make.Uniform<float>(1, 64, seed: 2).Values().ToArray(), output = new float[4];
        network.Predict(sample, output);

        LayerActivation<float> last = network.Activations<float>(sample)[^1];

        (last.Path, last.Layer, last.Depth).Should().Be(("5", "SoftmaxWithLoss", 0));
        last.Values.Should().Equal(output);
    }

    // Predict pools before it applies Relu, which is less work and the same bits behind both; who looks on sees the layers as they stand.
    [Fact]
    public void A_Relu_before_a_pooling_is_seen_before_it()
    {
        float[] sample = Make.Uniform<float>(1, 64, seed: 2).Values().ToArray();

        IReadOnlyList<LayerActivation<float>> layers = Images().Activations<float>(sample);

        (layers[1].Layer, layers[1].Shape).Should().Be(("Relu", new Shape(3, 8, 8)));
        layers[1].Values.Should().Equal(layers[0].Values.Select(value => Math.Max(value, 0)));
        (layers[2].Layer, layers[2].Shape).Should().Be(("MaxPooling(2x2)", new Shape(3, 4, 4)));
    }

    [Fact]
    public void Layers_within_a_composite_bear_its_place_and_stand_before_it()
    {
        Network<double> network = Network.Input<double>(3)
            .Concat(branch => branch.Affine(2), branch => branch.Tanh())
            .Residual(block => block.Affine(5).Relu())
            .Build(seed: 1);

        IReadOnlyList<LayerActivation<double>> layers = network.Activations<double>([0.5, -1, 2]);

        layers.Select(layer => $"{layer.Path} {layer.Layer}").Should().Equal(
            "0.0.0 Affine(3 -> 2)", "0.0 Sequential(1 layer)", "0.1.0 Tanh", "0.1 Sequential(1 layer)", "0 Concat(2 branches)",
            "1.0.0 Affine(5 -> 5)", "1.0.1 Relu", "1.0 Sequential(2 layers)", "1 Residual");
        layers[0].Depth.Should().Be(2);
        layers[4].Values.Should().Equal([.. layers[0].Values, .. layers[2].Values]);
        layers[^1].Values.Should().Equal(layers[6].Values.Zip(layers[4].Values, (f, x) => f + x));
    }

    [Fact]
    public void A_dropout_drops_nothing_and_what_was_handed_out_stays_as_it_is()
    {
        Network<double> network = Network.Input<double>(4).Dropout(0.9).Tanh().Build(seed: 1);
        LayerActivation<double>[] first = [.. network.Activations<double>([1, 2, 3, 4])];

        network.Activations<double>([5, 6, 7, 8]);

        first[0].Values.Should().Equal(1, 2, 3, 4);
        first[1].Values[3].Should().BeApproximately(Math.Tanh(4), 1e-15);
    }

    // A layer that is not registered cannot be replicated: the calls wait for each other.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Many_threads_at_once_see_what_one_does(bool isRegistered)
    {
        Network<double> network = Network.Input<double>(6).Affine(40).Add(isRegistered ? new Square() : new Cube()).Residual(block => block.Affine(40).Tanh()).Affine(3).SoftmaxWithLoss().Build(seed: 1);
        double[][] samples = [.. Enumerable.Range(0, 8).Select(i => Make.Uniform(1, 6, seed: i).Values().ToArray())];
        double[][] expected = [.. samples.Select(All)];
        using var start = new Barrier(samples.Length);

        await Task.WhenAll(samples.Select((sample, i) => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                var output = new double[3];
                for (int round = 0; round < 50; round++)
                {
                    All(sample).Should().Equal(expected[i]);

                    // Others predict meanwhile, unseen.
                    network.Predict(sample, output);
                    output.Should().Equal(expected[i][^3..]);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        double[] All(double[] sample) => [.. network.Activations<double>(sample).SelectMany(layer => layer.Values)];
    }

    [Fact]
    public void A_sample_of_another_size_throws() =>
        FluentActions.Invoking(() => Images().Activations<float>(new float[63]))
            .Should().Throw<ArgumentException>().WithMessage("The network expects one sample of 1x8x8 = 64 numbers, got 63.*");

    private static Network<float> Images() =>
        Network.Input<float>(new Shape(1, 8, 8)).Convolution(3, 3, padding: 1).Relu().MaxPooling(2).Flatten().Affine(4).SoftmaxWithLoss().Build(seed: 1);

    private static void ShouldBe(IReadOnlyList<double> found, params double[] expected)
    {
        found.Should().HaveCount(expected.Length);
        for (int i = 0; i < expected.Length; i++)
            found[i].Should().BeApproximately(expected[i], 1e-12);
    }
}
