namespace NeuralNet.Tests;

/// <summary>Shapes as the network sees them, and what an embedding takes for an index.</summary>
public class ShapeLayerTests
{
    [Fact]
    public void An_embedding_that_begins_orthogonal_has_orthonormal_columns()
    {
        var layer = new Embedding<double>(6, 3, new Orthogonal());
        layer.Build(1, new CounterRandom(1));

        // In memory a row for each of the six words, as PyTorch's orthogonal_ sees it.
        Matrix<double> words = layer.Parameters[0].Value.Transpose();
        words.TransposeThisAndMultiply(words).ShouldBeClose(Matrix<double>.Build.DenseIdentity(3), MatrixAssertions.DoubleTolerance);
    }

    [Fact]
    public void A_network_knows_the_shapes()
    {
        Network<float> network = Network.Input<float>(12).Reshape(new Shape(3, 2, 2)).BatchNormalization().Flatten().BatchNormalization().Build(seed: 1);
        network.Chain.Layers.OutputShapes.Should().Equal(new Shape(3, 2, 2), new Shape(3, 2, 2), 12, 12);
        network.Parameters.Select(parameter => parameter.ToString()).Should().Equal("1.weight [3]", "1.bias [3]", "3.weight [12]", "3.bias [12]");

        FluentActions.Invoking(() => Network.Input<float>(12).Reshape(new Shape(3, 2, 3)).Build()).Should().Throw<ArgumentException>()
            .WithMessage("Layer 0 Reshape(3x2x3) does not fit: the network's input is 12. Reshape(3x2x3) expects 18 values a sample, got 12.*");
    }

    [Fact]
    public void By_hand_an_embedding_looks_up_and_sums()
    {
        var layer = new Embedding<double>(3, 2, new Constant(0));
        layer.Build(2, new CounterRandom(1)).Should().Be(new Shape(2, 2));
        Parameter<double> weight = layer.Parameters[0];
        weight.ToString().Should().Be("weight [3, 2]");
        new double[] { 0, 1, 10, 11, 20, 21 }.CopyTo(weight.Value.Values());

        layer.Forward(Make.Rows([2, 0], [2, 2])).ShouldBeBits(Make.Rows([20, 21, 0, 1], [20, 21, 20, 21]));
        layer.Backward(Make.Rows([1, 2, 3, 4], [10, 20, 30, 40])).ShouldBeBits(Make.Rows([0, 0], [0, 0]));
        weight.Gradient.Values().ToArray().Should().Equal(3, 4, 0, 0, 1 + 10 + 30, 2 + 20 + 40);
    }

    [Theory]
    [InlineData(3, "3")]
    [InlineData(-1, "-1")]
    [InlineData(0.5, "0.5")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void What_is_no_index_throws_and_says_where_it_stands(double index, string text)
    {
        var layer = new Embedding<double>(3, 2);
        layer.Build(2, new CounterRandom(1));
        layer.Invoking(it => it.Forward(Make.Rows([0, 1], [2, index]))).Should().Throw<ArgumentException>()
            .WithMessage($"Embedding(3 -> 2) expects whole numbers from 0 to 2, got {text} at row 1, column 1.*");
    }

    [Fact]
    public void An_embedding_learns_in_a_network_from_the_initial_values_of_PyTorch()
    {
        Network<float> network = Network.Input<float>(4).Embedding(50, 8).LayerNormalization().Affine(3).SoftmaxWithLoss().Build(seed: 1);
        float[] values = network.Parameters[0].Value.Values().ToArray();
        values.Average().Should().BeApproximately(0, 5 / MathF.Sqrt(400));
        values.Average(value => value * value).Should().BeApproximately(1, 5 * MathF.Sqrt(2f / 400));

        Matrix<float> x = Make.Uniform<float>(20, 4, seed: 1, low: 0, high: 50).PointwiseFloor();
        int[] labels = Make.Labels(20, 3, seed: 2);
        var optimizer = new Optimizer<float>(network, new Adam(0.05));
        double first = network.Step(x, labels, optimizer), last = first;
        for (int step = 0; step < 50; step++)
            last = network.Step(x, labels, optimizer);
        last.Should().BeLessThan(first / 10);
        network.Replicate().Predict(x).ShouldBeBits(network.Predict(x));
    }

    [Fact]
    public void Sizes_out_of_range_throw()
    {
        FluentActions.Invoking(() => new Embedding<double>(0, 2)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("vocabularySize must be at least 1; got 0.*");
        FluentActions.Invoking(() => new Embedding<double>(2, 0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("width must be at least 1; got 0.*");
    }
}
