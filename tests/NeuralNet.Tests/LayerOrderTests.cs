namespace NeuralNet.Tests;

/// <summary>A network that pools before it rectifies computes what its layers compute one after another.</summary>
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

    [Fact]
    public void A_window_without_a_positive_number_gives_zero_whatever_the_signs_of_its_zeros()
    {
        Matrix<double> x = Make.Rows([-1, -0.0, -0.0, 0], [-0.0, -2, -3, -1], [double.NaN, -0.0, 1, 2]);
        var (relu, pooling) = (new Relu<double>(), new MaxPooling<double>((1, 2)));
        pooling.Build(new Shape(1, 1, 4), new CounterRandom(1));

        Network.Input<double>(new Shape(1, 1, 4)).Relu().MaxPooling((1, 2)).Build(seed: 1).Predict(x).ShouldBeBits(pooling.Forward(relu.Forward(x)));
    }
}
