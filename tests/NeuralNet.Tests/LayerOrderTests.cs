namespace NeuralNet.Tests;

/// <summary>A network that pools before it rectifies, or does several layers at once, computes what its layers compute one after another.</summary>
public class LayerOrderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Relu_before_MaxPooling_has_the_bits_of_the_layers_by_themselves(int stride)
    {
        // Inputs of few values, so that windows have several largest ones, and windows without a positive one.
        Matrix<double> x = Make.Uniform(9, 2 * 6 * 5, seed: 1, low: -2, high: 1).Map(Math.Round);
        x[3, 7] = double.NaN;
        var (convolution, pooling) = (new Convolution<double>(3, 2, weightInitializer: new Constant(1)), new MaxPooling<double>(2, stride));
        Network<double> network = Network.Input<double>(new Shape(2, 6, 5)).Add(convolution).Relu().Add(pooling).MeanSquaredError().Build(seed: 1);
        var (relu, alone, pool, loss) = (new Relu<double>(), new Convolution<double>(3, 2, weightInitializer: new Constant(1)), new MaxPooling<double>(2, stride), new MeanSquaredError<double>());
        pool.Build(alone.Build(new Shape(2, 6, 5), new CounterRandom(1)), new CounterRandom(1));

        Matrix<double> y = pool.Forward(relu.Forward(alone.Forward(x))), t = Make.Uniform(9, y.ColumnCount, seed: 2);
        network.Predict(x).ShouldBeBits(y);
        x[3, 7] = 1;
        double expected = loss.Forward(pool.Forward(relu.Forward(alone.Forward(x))), t);
        alone.Backward(relu.Backward(pool.Backward(loss.Backward())));
        network.Gradients(x, t).Should().Be(expected);
        convolution.Weight.Gradient.ShouldBeBits(alone.Weight.Gradient);
        convolution.Bias!.Gradient.ShouldBeBits(alone.Bias!.Gradient);
    }

    // The largest of the whole image, or of all of its height: a single window.
    [Theory]
    [InlineData(2, 2)]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    public void A_first_convolution_before_a_single_window_learns_as_the_layers_by_themselves(int height, int width)
    {
        const int Samples = 21;
        Matrix<float> x = Make.Uniform<float>(Samples, 16, seed: 1), t = Make.Uniform<float>(Samples, 3, seed: 2);
        Network<float> Build() => Network.Input<float>(new Shape(1, 4, 4)).Convolution(2, 3).Add(new MaxPooling<float>((height, width))).Affine(3).MeanSquaredError().Build(seed: 1);
        ShouldLearnAs(Build(), Build(), x, t);
    }

    // Batches and channels with which the convolution rectifies its outputs and hands them to the pooling as they come, by a sliding window and by tiles, before the first layer that learns and behind it.
    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    public void A_convolution_with_the_Relu_or_the_pooling_behind_it_has_the_bits_of_the_layers_by_themselves(int channels)
    {
        const int Samples = 21;
        Matrix<double> x = Make.Uniform(Samples, channels * 8 * 6, seed: 1, low: -2, high: 2);
        ILayer<double>[] Layers() =>
        [
            new Convolution<double>(16, 3, padding: 1), new Relu<double>(), new MaxPooling<double>(2),
            new Convolution<double>(17, 3, padding: 1), new Relu<double>(), new Convolution<double>(4, 2, padding: 1), new Relu<double>(), new Convolution<double>(5, 2),
            new MaxPooling<double>(2), new Relu<double>(), new Flatten<double>(), new Affine<double>(6), new Relu<double>(),
        ];
        ILayer<double>[] within = Layers();
        Network<double> network = new(new Shape(channels, 8, 6), [.. within, new MeanSquaredError<double>()], seed: 1), alone = new(new Shape(channels, 8, 6), [.. Layers(), new MeanSquaredError<double>()], seed: 1);
        Matrix<double> t = Make.Uniform(Samples, network.OutputShape.Size, seed: 2);

        var loss = (ILossLayer<double>)alone.Layers[^1];
        ILayer<double>[] before = [.. alone.Layers.SkipLast(1)];
        Matrix<double> y = before.Aggregate(x, (value, layer) => layer.Forward(value));
        network.Predict(x).ShouldBeBits(y);

        double expected = loss.Forward(y, t);
        Matrix<double> gradient = before.Reverse().Aggregate(loss.Backward(), (value, layer) => layer.Backward(value));
        network.Gradients(x, t).Should().Be(expected);
        foreach ((Parameter<double> one, Parameter<double> other) in network.Parameters.Zip(alone.Parameters))
            one.Gradient.ShouldBeBits(other.Gradient);

        // By hand, layer after layer, on the way that the network's pass took.
        Matrix<double> lossGradient = ((ILossLayer<double>)network.Layers[^1]).Backward();
        int[] way = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 1, 2, 0];
        way.Aggregate(lossGradient, (value, layer) => within[layer].Backward(value)).ShouldBeBits(gradient);
    }

    // Outputs of so many numbers that the affine layer rectifies them itself.
    [Fact]
    public void An_affine_layer_with_the_Relu_behind_it_has_the_bits_of_the_layers_by_themselves()
    {
        const int Samples = 90, Hidden = 200;
        Matrix<float> x = Make.Uniform<float>(Samples, 7, seed: 1), t = Make.Uniform<float>(Samples, 3, seed: 2);
        Network<float> network = Build(), alone = Build();

        (alone.Layers[0] as IRectifiesOutput<float>)!.ForwardRectified(x).Should().NotBeNull();
        ShouldLearnAs(network, alone, x, t);

        static Network<float> Build() => Network.Input<float>(7).Affine(Hidden).Relu().Affine(Hidden).Relu().Affine(3).MeanSquaredError().Build(seed: 1);
    }

    [Fact]
    public void An_overflow_between_a_convolution_and_its_pooling_is_the_convolutions()
    {
        var convolution = new Convolution<float>(4, 3, weightInitializer: new Constant(1e30));
        Network<float> network = Network.Input<float>(new Shape(1, 6, 6)).Add(convolution).Relu().MaxPooling(2).MeanSquaredError().Build(seed: 1);
        Matrix<float> x = Matrix<float>.Build.Dense(20, 36, 1e20f);

        FluentActions.Invoking(() => network.Gradients(x, Matrix<float>.Build.Dense(20, 16)))
            .Should().Throw<NotFiniteNumberException>().WithMessage("*in the output of layer 0 Convolution(1 -> 4, 3x3): Infinity at row 0, column 0.*");
    }

    [Fact]
    public void A_window_without_a_positive_number_gives_zero_whatever_the_signs_of_its_zeros()
    {
        Matrix<double> x = Make.Rows([-1, -0.0, -0.0, 0], [-0.0, -2, -3, -1], [double.NaN, -0.0, 1, 2]);
        var (relu, pooling) = (new Relu<double>(), new MaxPooling<double>((1, 2)));
        pooling.Build(new Shape(1, 1, 4), new CounterRandom(1));

        Network.Input<double>(new Shape(1, 1, 4)).Relu().MaxPooling((1, 2)).Build(seed: 1).Predict(x).ShouldBeBits(pooling.Forward(relu.Forward(x)));
    }

    // Outputs, loss and gradients to the bit, against one layer of the other network after the other.
    private static void ShouldLearnAs(Network<float> network, Network<float> alone, Matrix<float> x, Matrix<float> t)
    {
        Matrix<float> y = alone.Layers.SkipLast(1).Aggregate(x, (value, layer) => layer.Forward(value));
        network.Predict(x).ShouldBeBits(y);
        var loss = (ILossLayer<float>)alone.Layers[^1];
        double expected = loss.Forward(y, t);
        Matrix<float> gradient = loss.Backward();
        foreach (ILayer<float> layer in alone.Layers.SkipLast(1).Reverse())
            gradient = layer.Backward(gradient);
        network.Gradients(x, t).Should().Be(expected);
        foreach ((Parameter<float> one, Parameter<float> other) in network.Parameters.Zip(alone.Parameters))
            one.Gradient.ShouldBeBits(other.Gradient);
    }
}
