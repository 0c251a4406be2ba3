namespace NeuralNet.Tests;

/// <summary>What every layer says when it is used wrongly.</summary>
public class LayerErrorTests
{
    [Theory, MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void Backward_before_Forward_throws_and_names_the_layer(string name)
    {
        LayerCase row = LayerCases.Row(name);
        ILayer<double> layer = row.Create<double>();

        FluentActions.Invoking(() => layer.Backward(row.Batch<double>(2, seed: 1)))
            .Should().Throw<InvalidOperationException>().WithMessage($"{layer}: Backward was called before Forward.");
    }

    [Theory, MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void A_wrong_width_throws_and_names_the_layer_and_both_shapes(string name)
    {
        LayerCase row = LayerCases.Row(name);
        ILayer<double> layer = row.Create<double>();
        Action forward = () => layer.Forward(Make.Uniform(2, row.Width + 1, seed: 1));

        if (row.HasWidth)
            forward.Should().Throw<ArgumentException>().WithMessage($"{layer} expects input of shape [N, {row.Width}], got [2, {row.Width + 1}].*");
        else
            forward.Should().NotThrow();
    }

    [Theory, MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void A_wrong_output_gradient_throws_and_names_the_layer_and_both_shapes(string name)
    {
        LayerCase row = LayerCases.Row(name);
        ILayer<double> layer = row.Create<double>();
        int width = layer.Forward(row.Batch<double>(2, seed: 1)).ColumnCount;

        FluentActions.Invoking(() => layer.Backward(Make.Uniform(2, width + 1, seed: 1)))
            .Should().Throw<ArgumentException>().WithMessage($"{layer} expects an output gradient of shape [2, {width}], got [2, {width + 1}].*");
        FluentActions.Invoking(() => layer.Backward(Make.Uniform(3, width, seed: 1)))
            .Should().Throw<ArgumentException>().WithMessage($"{layer} expects an output gradient of shape [2, {width}], got [3, {width}].*");
    }

    [Theory, MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void An_empty_batch_throws_and_names_the_layer(string name)
    {
        LayerCase row = LayerCases.Row(name);
        ILayer<double> layer = row.Create<double>();

        FluentActions.Invoking(() => layer.Forward(Matrix<double>.Build.Dense(0, row.Width)))
            .Should().Throw<ArgumentException>().WithMessage($"{layer} expects at least one sample, got an empty batch [0, {row.Width}].*");
    }

    [Theory, MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void Null_arguments_throw(string name)
    {
        LayerCase row = LayerCases.Row(name);
        ILayer<double> layer = row.Create<double>();
        FluentActions.Invoking(() => layer.Forward(null!)).Should().Throw<ArgumentNullException>();
        layer.Forward(row.Batch<double>(2, seed: 1));
        FluentActions.Invoking(() => layer.Backward(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void Affine_says_what_is_wrong_with_its_arguments()
    {
        FluentActions.Invoking(() => new Affine<double>(0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("outputSize must be at least 1; got 0.*");
        FluentActions.Invoking(() => new Affine<double>(Make.Uniform(4, 3, seed: 1), Make.Uniform(1, 2, seed: 1)))
            .Should().Throw<ArgumentException>().WithMessage("Affine(4 -> 3) expects a bias of shape [1, 3], got [1, 2].*");
        FluentActions.Invoking(() => new Affine<double>(3).Forward(Make.Uniform(1, 3, seed: 1)))
            .Should().Throw<InvalidOperationException>().WithMessage("Affine(? -> 3): Forward was called before Build.*");
        FluentActions.Invoking(() => new Affine<double>(3).Weight)
            .Should().Throw<InvalidOperationException>().WithMessage("Affine(? -> 3) has no weight before Build.");
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void LeakyRelu_takes_a_finite_slope(double slope, string text) => FluentActions.Invoking(() => new LeakyRelu<double>(slope))
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage($"slope must be finite; got {text}.*");

    [Fact]
    public void Given_weights_are_copied()
    {
        Matrix<double> weight = Make.Uniform(2, 2, seed: 1), bias = Make.Uniform(1, 2, seed: 2), x = Make.Uniform(3, 2, seed: 3);
        var layer = new Affine<double>(weight, bias);
        Matrix<double> y = layer.Forward(x).Clone();
        weight.Clear();
        bias.Clear();

        layer.Forward(x).ShouldBeBits(y);
    }

    [Fact]
    public void A_sparse_matrix_too_large_to_be_dense_throws_in_words() =>
        FluentActions.Invoking(() => new Relu<double>().Forward(Matrix<double>.Build.Sparse(50_000, 50_000)))
            .Should().Throw<ArgumentException>().WithMessage("A matrix [50000, 50000] holds more than the 2147483591 numbers that fit into one array.");
}
