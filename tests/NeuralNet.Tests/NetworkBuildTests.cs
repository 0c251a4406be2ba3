namespace NeuralNet.Tests;

/// <summary>What a network checks, names and draws when it is built.</summary>
public class NetworkBuildTests
{
    [Fact]
    public void Weights_of_the_wrong_height_throw_and_both_layers_are_named()
    {
        Action build = () => Network.Input<double>(4).Affine(5).Add(new Affine<double>(Make.Uniform(6, 3, seed: 1))).Build(seed: 1);

        build.Should().Throw<ArgumentException>().WithMessage("Layer 1 Affine(6 -> 3, no bias) does not fit: layer 0 Affine(4 -> 5) gives 5. Affine(6 -> 3, no bias) expects 6 values a sample, got 5.*");
    }

    [Fact]
    public void A_first_layer_that_does_not_fit_names_the_networks_input()
    {
        Action build = () => Network.Input<double>(new Shape(1, 2, 3)).Add(new Affine<double>(Make.Uniform(5, 3, seed: 1))).Build(seed: 1);

        build.Should().Throw<ArgumentException>().WithMessage("Layer 0 Affine(5 -> 3, no bias) does not fit: the network's input is 1x2x3 = 6. *expects 5 values a sample, got 1x2x3 = 6.*");
    }

    [Fact]
    public void A_loss_that_is_not_last_throws_and_names_what_follows() =>
        FluentActions.Invoking(() => Network.Input<double>(4).Affine(3).SoftmaxWithLoss().Relu().Build())
            .Should().Throw<ArgumentException>().WithMessage("Layer 1 SoftmaxWithLoss is a loss and must be the last layer, but layer 2 Relu follows it.");

    [Fact]
    public void One_instance_in_two_places_throws()
    {
        var relu = new Relu<double>();

        FluentActions.Invoking(() => new Network<double>(4, [relu, new Sigmoid<double>(), relu]))
            .Should().Throw<ArgumentException>().WithMessage("Layer 2 Relu is the same instance as layer 0*");
    }

    [Fact]
    public void One_instance_in_two_networks_throws_and_one_in_a_network_that_failed_does_not()
    {
        var layer = new Affine<double>(3);
        FluentActions.Invoking(() => new Network<double>(4, [layer, new SoftmaxWithLoss<double>(), new Relu<double>()])).Should().Throw<ArgumentException>("nothing was built");
        _ = new Network<double>(4, [layer]);

        FluentActions.Invoking(() => new Network<double>(4, [layer]))
            .Should().Throw<ArgumentException>().WithMessage("Layer 0 Affine(4 -> 3) already stands in another network*");
    }

    // Its weights are drawn already: another network's seed would not be what fixes them.
    [Fact]
    public void A_layer_that_was_built_for_a_network_that_failed_throws()
    {
        var layer = new Affine<double>(4);
        FluentActions.Invoking(() => new Network<double>(3, [layer, new MaxPooling<double>(2)], seed: 1)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new Network<double>(3, [layer], seed: 2))
            .Should().Throw<ArgumentException>().WithMessage("Layer 0 Affine(3 -> 4) already stands in another network, or in one that could not be built*");
    }

    [Fact]
    public void A_layer_that_makes_something_else_than_its_Build_said_throws()
    {
        (Func<Matrix<double>, Matrix<double>> Forward, string Got)[] wrong =
        [
            (input => input.SubMatrix(0, input.RowCount, 0, 2), "[3, 2]"),
            (input => input.Stack(input), "[6, 4]"),
            (_ => null!, "null"),
        ];
        foreach ((Func<Matrix<double>, Matrix<double>> forward, string got) in wrong)
        {
            Network<double> network = Network.Input<double>(5).Affine(4).Add(new Making(forward)).Build(seed: 1);
            FluentActions.Invoking(() => network.Predict(Make.Uniform(3, 5, seed: 1)))
                .Should().Throw<InvalidOperationException>().WithMessage($"Making was given [3, 4], and its Build said that it makes 4 of each sample: expected an output of [3, 4], got {got}.");
        }

        FluentActions.Invoking(() => Network.Input<double>(5).Add(new Making(input => input, shape: null)).Build())
            .Should().Throw<ArgumentException>().WithMessage("Layer 0 Making does not fit*Its Build gave null; expected the shape of its output.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_softmax_over_one_score_throws_and_says_what_to_use(bool withLoss)
    {
        NetworkBuilder<double> builder = Network.Input<double>(4).Affine(1);

        FluentActions.Invoking(() => (withLoss ? builder.SoftmaxWithLoss() : builder.Softmax()).Build())
            .Should().Throw<ArgumentException>().WithMessage("*layer 0 Affine(4 -> 1) gives 1.*expects at least 2 scores a sample, got 1*Use SigmoidWithLoss*");
    }

    [Fact]
    public void No_layers_and_null_layers_throw()
    {
        FluentActions.Invoking(() => Network.Input<double>(4).Build()).Should().Throw<ArgumentException>().WithMessage("A network needs at least one layer.");
        FluentActions.Invoking(() => new Network<double>(4, [new Relu<double>(), null!])).Should().Throw<ArgumentException>().WithMessage("Layer 1 is null.");
        FluentActions.Invoking(() => Network.Input<double>(4).Add(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => Network.Input<double>(0))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("dimensions must be at least 1; got 0.*");
    }

    [Fact]
    public void Half_is_not_supported_and_it_says_so()
    {
        const string Message = "The precision must be float or double; got Half.";
        FluentActions.Invoking(() => Network.Input<Half>(4)).Should().Throw<NotSupportedException>().WithMessage(Message);
        FluentActions.Invoking(() => new Network<Half>(4, [])).Should().Throw<NotSupportedException>().WithMessage(Message);
        FluentActions.Invoking(() => new Affine<Half>(4)).Should().Throw<NotSupportedException>().WithMessage(Message);
        FluentActions.Invoking(() => new Relu<Half>()).Should().Throw<NotSupportedException>().WithMessage(Message);
        FluentActions.Invoking(() => new SoftmaxWithLoss<Half>()).Should().Throw<NotSupportedException>().WithMessage(Message);
        FluentActions.Invoking(() => OneHot.Encode<Half>([1], 2)).Should().Throw<NotSupportedException>().WithMessage(Message);
    }

    [Fact]
    public void Parameters_are_named_as_in_PyTorchs_Sequential_and_nested_in_composites()
    {
        Network<double> network = Network.Input<double>(4).Affine(5).Relu().Affine(3, bias: false).Add(new Pair(new Affine<double>(2), new Scale())).Build(seed: 1);

        network.Parameters.Select(parameter => parameter.ToString()).Should().Equal("0.weight [5, 4]", "0.bias [5]", "2.weight [3, 5]", "3.0.weight [2, 3]", "3.0.bias [2]", "3.1.factor [1]");
    }

    [Fact]
    public void A_network_prints_as_a_table()
    {
        // By hand: 784·100 + 100 = 78,500 and 100·10 + 10 = 1,010.
        const string Expected = """
            Layer                Output   Parameters
            ----------------------------------------
            Input                1x28x28
            0 Affine(784 -> 100) 100          78,500
            1 Relu               100               0
            2 Affine(100 -> 10)  10            1,010
            3 SoftmaxWithLoss    10                0
            ----------------------------------------
            Total                             79,510
            """;
        string table = Network.Input<float>(new Shape(1, 28, 28)).Affine(100).Relu().Affine(10).SoftmaxWithLoss().Build(seed: 1).ToString();

        Words(table).Should().Equal(Words(Expected));

        static IEnumerable<string> Words(string text) => text.Split((char[])[' ', '\r', '\n', '-'], StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void A_parameter_in_two_layers_throws()
    {
        var shared = new Parameter<double>("factor", 1, Matrix<double>.Build.Dense(1, 1));

        FluentActions.Invoking(() => Network.Input<double>(4).Add(new Holder(shared)).Relu().Add(new Holder(shared)).Build())
            .Should().Throw<ArgumentException>().WithMessage("Layer 2 Holder has the parameter 0.factor of another layer: a parameter stands in one layer, and a composite lists only its own.");
    }

    [Fact]
    public void Two_parameters_of_one_name_throw()
    {
        Parameter<double> Factor() => new("factor", 1, Matrix<double>.Build.Dense(1, 1));

        FluentActions.Invoking(() => Network.Input<double>(4).Affine(2).Add(new Holder(Factor(), Factor())).Build())
            .Should().Throw<ArgumentException>().WithMessage("2 parameters or states have the name 1.factor: names within a layer must differ.");
    }

    private sealed class Making(Func<Matrix<double>, Matrix<double>> forward, Shape? shape) : ILayer<double>
    {
        public Making(Func<Matrix<double>, Matrix<double>> forward)
            : this(forward, new Shape(4))
        {
        }

        public Shape Build(Shape inputShape, Random random) => shape!;

        public Matrix<double> Forward(Matrix<double> input) => forward(input);

        public Matrix<double> Backward(Matrix<double> outputGradient) => outputGradient;
    }
}
