namespace NeuralNet.Tests;

/// <summary>Layers of layers within a network: names, initial values, steps, replicas, errors.</summary>
public class CompositeTests
{
    [Fact]
    public void Parameters_are_named_as_in_PyTorchs_nested_modules()
    {
        Network<double> network = Network.Input<double>(4)
            .Sequential(block => block.Affine(4).Relu())
            .Residual(block => block.Affine(4), projection => projection.Affine(4, bias: false))
            .Concat(a => a.Affine(3), b => b.Relu().Affine(2, bias: false))
            .Build(seed: 1);

        network.Parameters.Select(parameter => parameter.ToString()).Should().Equal(
            "0.0.weight [4, 4]", "0.0.bias [4]", "1.0.0.weight [4, 4]", "1.0.0.bias [4]", "1.1.0.weight [4, 4]", "2.0.0.weight [3, 4]", "2.0.0.bias [3]", "2.1.1.weight [2, 4]");
        network.OutputShape.Should().Be((Shape)5);
    }

    [Fact]
    public void Images_are_concatenated_by_channel() =>
        Network.Input<double>(new Shape(2, 3, 4)).Concat(a => a, b => b.Relu(), c => c.Concat(d => d, e => e)).Build().OutputShape.Should().Be(new Shape(8, 3, 4));

    // By hand: 400 inputs and 100 outputs. He √(2/400) = 0.0707106781; Xavier √(2/500) = 0.0632455532.
    [Theory]
    [InlineData("within", 0.0707106781)]
    [InlineData("last within a Sequential", 0.0707106781)]
    [InlineData("last within a Concat", 0.0707106781)]
    [InlineData("before a Sequential", 0.0707106781)]
    [InlineData("before a Sequential without weights", 0.0707106781)]
    [InlineData("before a Residual", 0.0707106781)]
    [InlineData("before a Concat", 0.0707106781)]
    [InlineData("before a Sequential with weights first", 0.0632455532)]
    public void Initializers_are_offered_across_the_border_of_a_composite(string place, double deviation)
    {
        NetworkBuilder<double> input = Network.Input<double>(400);
        Network<double> network = (place switch
        {
            "within" => input.Sequential(block => block.Affine(100).Relu()).Sigmoid(),
            "last within a Sequential" => input.Sequential(block => block.Sequential(inner => inner.Affine(100))).Relu(),
            "last within a Concat" => input.Concat(a => a.Affine(100), b => b.Affine(1)).Relu(),
            "before a Sequential" => input.Affine(100).Sequential(block => block.Identity().Relu()).Sigmoid(),
            "before a Sequential without weights" => input.Affine(100).Sequential(block => block.Identity()).Relu(),
            "before a Residual" => input.Affine(100).Residual(block => block.Affine(100).Sigmoid().Affine(100)).Relu(),
            "before a Concat" => input.Affine(100).Concat(a => a.Affine(3), b => b.Relu(), c => c.Sigmoid()).Sigmoid(),
            _ => input.Affine(100).Sequential(block => block.Affine(10).Relu()).Relu(),
        }).Build(seed: 7);

        // Five standard errors of the deviation of 40,000 values: 5/√80000 = 1.8 %.
        Math.Sqrt(network.Parameters[0].Value.Enumerate().Average(value => value * value)).Should().BeApproximately(deviation, 0.018 * deviation);
    }

    [Fact]
    public void Initial_values_go_by_kind_and_ordinal_within_the_composite()
    {
        Network<double> plain = Network.Input<double>(4).Affine(4).Sequential(block => block.Affine(4).Affine(4)).Build(seed: 1);
        Network<double> more = Network.Input<double>(4).Affine(4).Tanh().Sequential(block => block.Affine(4).Tanh().Affine(4)).Affine(3).Build(seed: 1);

        more.Parameters.Zip(plain.Parameters).Should().HaveCount(6).And.AllSatisfy(pair => pair.First.Value.ShouldBeBits(pair.Second.Value));
        plain.Parameters.Where(parameter => parameter.Shape.Rank == 2).Select(weight => weight.Value[0, 0]).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Layers_within_know_of_the_step_each_with_its_own_key()
    {
        Noise[] noises = [new(), new(), new(), new(), new()];
        Network<double> network = Network.Input<double>(4)
            .Add(noises[0])
            .Sequential(block => block.Add(noises[1]))
            .Residual(block => block.Add(noises[2]), projection => projection.Add(noises[3]))
            .Concat(a => a.Add(noises[4]))
            .MeanSquaredError().Build(seed: 1);
        Matrix<double> x = Make.Uniform(3, 4, seed: 2);
        network.Step(x, x, new Optimizer<double>(network, new Sgd()));

        noises.Should().OnlyContain(noise => noise.Commits == 1);
        noises.Select(noise => noise.Factors[0, 0]).Should().OnlyHaveUniqueItems().And.NotContain(1);
        network.Predict(x);
        noises.Should().OnlyContain(noise => noise.Factors.Enumerate().All(factor => factor == 1));
    }

    [Fact]
    public void A_network_of_composites_passes_the_gradient_check_and_its_replica_computes_the_same()
    {
        Network<double> network = Deep().SoftmaxWithLoss().Build(seed: 1);
        Matrix<double> x = Make.Uniform(5, 6, seed: 2);
        int[] labels = Make.Labels(5, 3, seed: 3);
        GradientReport report = GradientCheck.Network(network, x, labels);
        report.Passed.Should().BeTrue("{0}", report);

        Network<double> replica = network.Replicate();
        replica.Predict(x).ShouldBeBits(network.Predict(x));
        replica.Gradients(x, labels).Should().Be(network.Gradients(x, labels));
        replica.Parameters.Zip(network.Parameters).Should().HaveCount(11).And.AllSatisfy(pair => pair.First.Gradient.ShouldBeBits(pair.Second.Gradient));
        replica.ToString().Should().Be(network.ToString());
    }

    [Fact]
    public void A_composite_with_a_layer_that_is_not_registered_predicts_and_says_what_Replicate_needs()
    {
        Network<double> network = Network.Input<double>(4).Residual(block => block.Add(new Cube())).Build();
        network.Predict(Make.Uniform(2, 4, seed: 1));

        network.Chain.CanReplicate.Should().BeFalse();
        network.Invoking(it => it.Replicate()).Should().Throw<InvalidOperationException>().WithMessage("No layer of kind Cube is registered.*");
        Network.Input<double>(4).Sequential(block => block.Add(new Own.Tanh())).Build().Invoking(it => it.Replicate())
            .Should().Throw<InvalidOperationException>().WithMessage("The layer Tanh is a NeuralNet.Tests.Own+Tanh, but the kind Tanh is registered for *");
    }

    [Fact]
    public void A_composites_layers_are_rows_of_the_table()
    {
        // By hand: 4·5 + 5 = 25, 5·4 + 4 = 24, 4·2 = 8.
        const string Expected = """
            Layer                       Output  Parameters
            ----------------------------------------------
            Input                       4
            0 Residual                  4
              0.0 Sequential(3 layers)  4
                0.0.0 Affine(4 -> 5)    5               25
                0.0.1 Relu              5                0
                0.0.2 Affine(5 -> 4)    4               24
            1 Affine(4 -> 2, no bias)   2                8
            ----------------------------------------------
            Total                                       57
            """;

        string table = Network.Input<double>(4).Residual(block => block.Affine(5).Relu().Affine(4)).Affine(2, bias: false).Build(seed: 1).ToString();
        table.ReplaceLineEndings("\n").Should().Be(Expected.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void What_does_not_fit_within_a_composite_is_named()
    {
        Fails(input => input.Sequential(block => block.Affine(5).Add(new Affine<double>(Make.Uniform(6, 3, seed: 1)))))
            .WithMessage("Layer 0 Sequential(2 layers) does not fit: the network's input is 4. Within it, layer 1 Affine(6 -> 3, no bias) does not fit: layer 0 Affine(4 -> 5) gives 5. *expects 6 values a sample, got 5.*");
        Fails(input => input.Concat(a => a, b => b.Add(new Affine<double>(Make.Uniform(6, 3, seed: 1)))))
            .WithMessage("Layer 0 Concat(2 branches) does not fit: the network's input is 4. Within it, layer 1 Sequential(1 layer) does not fit: the input is 4. Within it, layer 0 Affine(6 -> 3, no bias) *");
        Fails(input => input.Residual(block => block.Affine(5)))
            .WithMessage("*Residual adds its input and what its block makes of it, which must be of one shape: the input is 4, but Sequential(1 layer) gives 5. Give it a projection to that shape.");
        Fails(input => input.Residual(block => block.Affine(5), projection => projection.Affine(3)))
            .WithMessage("*Residual(with projection) adds what its projection and its block give, which must be of one shape: the projection Sequential(1 layer) gives 3, but the block Sequential(1 layer) gives 5.");
        FluentActions.Invoking(() => Network.Input<double>(new Shape(2, 3, 3)).Concat(a => a, b => b.Affine(9)).Build())
            .Should().Throw<ArgumentException>().WithMessage("*joins its branches along the first dimension, so the other dimensions must agree: Sequential(0 layers) gives 2x3x3 = 18, but Sequential(1 layer) gives 9.");
    }

    [Fact]
    public void A_loss_within_a_composite_and_an_instance_in_two_places_throw()
    {
        var relu = new Relu<double>();
        Fails(input => input.Affine(3).Sequential(block => block.SoftmaxWithLoss()))
            .WithMessage("Layer 1.0 SoftmaxWithLoss is a loss and must be the last layer of the network, but it stands within a composite.");
        Fails(input => input.Concat(a => a.Add(relu), b => b.Add(relu))).WithMessage("Layer 0.1.0 Relu is the same instance as layer 0.0.0*");
    }

    [Fact]
    public void Null_children_no_branches_and_blocks_that_are_no_blocks_throw()
    {
        FluentActions.Invoking(() => new Sequential<double>(new Relu<double>(), null!)).Should().Throw<ArgumentException>().WithMessage("Layer 1 of Sequential is null.*");
        FluentActions.Invoking(() => new Concat<double>(new Relu<double>(), null!)).Should().Throw<ArgumentException>().WithMessage("Layer 1 of Concat is null.*");
        FluentActions.Invoking(() => new Concat<double>()).Should().Throw<ArgumentException>().WithMessage("Concat needs at least one branch.*");
        FluentActions.Invoking(() => new Residual<double>(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new Sequential<double>().Forward(Make.Uniform(1, 1, seed: 1)))
            .Should().Throw<InvalidOperationException>().WithMessage("Sequential(0 layers): Forward was called before Build.*");
        NetworkBuilder<double> other = Network.Input<double>(4);
        FluentActions.Invoking(() => other.Sequential(block => other.Relu())).Should().Throw<ArgumentException>().WithMessage("A block must return the builder that it was given*");
        FluentActions.Invoking(() => other.Sequential(block => { block.Build(); return block; }))
            .Should().Throw<InvalidOperationException>().WithMessage("A block within a network is built by the network*");
        FluentActions.Invoking(() => LayerRegistry.Create<double>(new LayerDescription("Residual")))
            .Should().Throw<InvalidDataException>().WithMessage("The description of Residual expects 1 or 2 children, found 0.");
    }

    [Fact]
    public void The_layer_within_where_numbers_broke_is_named()
    {
        Network<double> network = Network.Input<double>(4).Relu().Concat(a => a, b => b.Identity().Affine(2)).SoftmaxWithLoss().Build(seed: 1);
        network.Parameters[0].Value.Multiply(1e300, network.Parameters[0].Value);
        FluentActions.Invoking(() => network.Gradients(1e300 * Make.Uniform(2, 4, seed: 2), Make.Labels(2, 6, seed: 3)))
            .Should().Throw<NotFiniteNumberException>().WithMessage("* The first non-finite value is in the output of layer 1.1.1 Affine(4 -> 2): *Infinity at row *");

        Network<double> other = Deep().SoftmaxWithLoss().Build(seed: 1);
        other.Parameters.Single(parameter => parameter.Name == "1.1.0.weight").Value[1, 0] = double.NaN;
        FluentActions.Invoking(() => other.Gradients(Make.Uniform(2, 6, seed: 2), Make.Labels(2, 3, seed: 3)))
            .Should().Throw<NotFiniteNumberException>().WithMessage("* is in the parameter 1.1.0.weight of layer 1.1.0 Affine(6 -> 4, no bias): NaN at row 1, column 0.");
    }

    [Fact]
    public void What_does_not_learn_is_not_passed_back_through_for_parameters_alone()
    {
        var first = new Counting();
        var second = new Counting();
        Network<double> network = Network.Input<double>(4).Concat(a => a.Add(first), b => b.Add(second).Affine(3).Tanh()).MeanSquaredError().Build(seed: 1);
        network.Gradients(Make.Uniform(2, 4, seed: 1), Make.Uniform(2, 7, seed: 2));

        (first.Backwards, second.Backwards).Should().Be((0, 0));
    }

    private static NetworkBuilder<double> Deep() => Network.Input<double>(6)
        .Residual(block => block.Affine(5).Tanh().Affine(6))
        .Concat(a => a, b => b.Affine(4, bias: false).Sigmoid())
        .Sequential(block => block.Residual(inner => inner.Affine(4), projection => projection.Affine(4)).Tanh())
        .Affine(3);

    private static FluentAssertions.Specialized.ExceptionAssertions<ArgumentException> Fails(Func<NetworkBuilder<double>, NetworkBuilder<double>> network) =>
        FluentActions.Invoking(() => network(Network.Input<double>(4)).Build(seed: 1)).Should().Throw<ArgumentException>();

    private sealed class Counting : ILayer<double>
    {
        public int Backwards { get; private set; }

        public Matrix<double> Forward(Matrix<double> input) => input;

        public Matrix<double> Backward(Matrix<double> outputGradient)
        {
            Backwards++;
            return outputGradient;
        }
    }
}
