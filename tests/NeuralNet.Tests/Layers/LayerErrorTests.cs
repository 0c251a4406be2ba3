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

    [Fact]
    public void A_batch_without_features_throws_and_names_the_layer()
    {
        Matrix<double> empty = Matrix<double>.Build.Dense(3, 0);
        FluentActions.Invoking(() => new Softmax<double>().Forward(empty)).Should().Throw<ArgumentException>().WithMessage("Softmax expects at least one feature, got [3, 0].*");
        FluentActions.Invoking(() => new MeanSquaredError<double>().Forward(empty, empty)).Should().Throw<ArgumentException>().WithMessage("MeanSquaredError expects at least one feature, got [3, 0].*");
    }

    [Fact]
    public void A_number_that_is_0_or_infinite_in_the_precision_is_refused()
    {
        (Func<object> Create, string Message)[] wrong =
        [
            (() => new Scale<float>(1e39), "factor must be a number that is neither 0 nor infinite when rounded to Single; got 1E+39.*"),
            (() => new Softplus<float>(1e39), "beta must be a number that is neither 0 nor infinite when rounded to Single; got 1E+39.*"),
            (() => new BatchNormalization<float>(1e-46), "epsilon must be a number that is neither 0 nor infinite when rounded to Single; got 1E-46.*"),
            (() => new LayerNormalization<float>(1e-46), "epsilon must be a number that is neither 0 nor infinite when rounded to Single; got 1E-46.*"),
            (() => new Huber<float>(1e-46), "delta must be a number that is neither 0 nor infinite when rounded to Single; got 1E-46.*"),
            (() => new SoftmaxWithLoss<float>(0, [1e-46, 1]), "classWeights must be neither 0 nor infinite when rounded to Single; got 1E-46 at index 0.*"),
        ];
        foreach ((Func<object> create, string message) in wrong)
            create.Should().Throw<ArgumentException>().WithMessage(message);
        new LayerNormalization<double>(1e-46).Should().NotBeNull();
        new Scale<float>(0).Should().NotBeNull();
    }

    [Fact]
    public void A_gradient_that_was_returned_stays_while_that_of_parameters_is_computed()
    {
        var layer = new PRelu<double>();
        layer.Build(2, new CounterRandom(1));
        Matrix<double> dy = Make.Rows([1, 1]);
        layer.Forward(Make.Rows([-1, 2]));
        Matrix<double> dx = layer.Backward(dy);
        layer.BackwardParameters(dy);
        dx.ShouldBeBits(Make.Rows([0.25, 1]));
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
    public void Activations_say_what_their_numbers_must_be()
    {
        FluentActions.Invoking(() => new Elu<double>(-1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("alpha must be at least 0 and finite; got -1.*");
        FluentActions.Invoking(() => new Softplus<double>(0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("beta must be greater than 0 and finite; got 0.*");
        FluentActions.Invoking(() => new Softplus<double>(1, double.NaN)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("threshold must be finite; got NaN.*");
        FluentActions.Invoking(() => new Scale<double>(double.NaN)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("factor must be finite; got NaN.*");
        FluentActions.Invoking(() => new Scale<double>(1, double.NaN)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("offset must be finite; got NaN.*");
        FluentActions.Invoking(() => new PRelu<double>(initialSlope: double.NaN)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("initialSlope must be finite; got NaN.*");
        FluentActions.Invoking(() => new PRelu<double>().Weight).Should().Throw<InvalidOperationException>().WithMessage("PRelu(0.25) has no weight before Build.");
        FluentActions.Invoking(() => new PRelu<double>().Forward(Make.Uniform(1, 3, seed: 1))).Should().Throw<InvalidOperationException>().WithMessage("PRelu(0.25): Forward was called before Build.*");
        FluentActions.Invoking(() => new LogSoftmax<double>().Build(1, new CounterRandom(1))).Should().Throw<ArgumentException>().WithMessage("LogSoftmax expects at least 2 scores a sample, got 1*");
    }

    [Fact]
    public void Activations_in_one_line() => new object[]
        {
            new Relu6<double>(), new PRelu<double>(), new PRelu<double>(perChannel: true, 0.5), new Elu<double>(), new Selu<double>(), new Gelu<double>(), new Gelu<double>(approximate: true),
            new Softplus<double>(), new Softplus<double>(2, 20), new Scale<double>(0.5),
        }
        .Select(layer => layer.ToString()).Should().Equal("Relu6", "PRelu(0.25)", "PRelu(per channel, 0.5)", "Elu(1)", "Selu", "Gelu", "Gelu(tanh)", "Softplus(1)", "Softplus(2, 20)", "Scale(0.5, 0)");

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
