namespace NeuralNet.Tests;

/// <summary>Replicas, many threads, custom layers, and layers that know of the step.</summary>
public class NetworkReplicaTests
{
    [Fact]
    public void A_replica_shares_the_values_and_owns_its_gradients()
    {
        Network<double> network = Network.Input<double>(4).Affine(5).Relu().Affine(3, bias: false).SoftmaxWithLoss().Build(seed: 1);
        network.Parameters[0].Trainable = false;
        Network<double> replica = network.Replicate();
        Matrix<double> x = Make.Uniform(6, 4, seed: 2);
        network.Gradients(x, Make.Labels(6, 3, seed: 3));

        replica.Parameters.Select(parameter => parameter.Name).Should().Equal(network.Parameters.Select(parameter => parameter.Name));
        replica.Parameters.Zip(network.Parameters).Should().OnlyContain(pair => ReferenceEquals(pair.First.Value, pair.Second.Value) && !ReferenceEquals(pair.First.Gradient, pair.Second.Gradient));
        replica.Parameters[1].Gradient.Enumerate().Should().OnlyContain(value => value == 0);
        replica.Parameters[0].Trainable.Should().BeFalse();
        (replica.Seed, replica.StepNumber, replica.ToString()).Should().Be((network.Seed, network.StepNumber, network.ToString()));

        network.Step(x, Make.Labels(6, 3, seed: 3), new Optimizer<double>(network, new Sgd(1)));
        replica.Predict(x).ShouldBeBits(network.Predict(x));
        replica.WeightsSha256().Should().Be(network.WeightsSha256());
    }

    [Fact]
    public void A_layer_that_is_not_registered_trains_and_predicts_and_says_what_Replicate_needs()
    {
        Network<double> network = Network.Input<double>(4).Affine(5).Add(new Cube()).Affine(3).SoftmaxWithLoss().Build(seed: 1);
        network.Step(Make.Uniform(6, 4, seed: 2), Make.Labels(6, 3, seed: 3), new Optimizer<double>(network, new Sgd()));

        network.Invoking(it => it.Replicate()).Should().Throw<InvalidOperationException>()
            .WithMessage("No layer of kind Cube is registered. Register it once at start: LayerRegistry.Register<Double>(\"Cube\", description => new ...).");
    }

    [Theory]
    [InlineData("library")]
    [InlineData("registered")]
    [InlineData("unregistered")]
    public async Task Many_threads_at_once_predict_what_one_does(string kind)
    {
        NetworkBuilder<double> builder = Network.Input<double>(6).Affine(40);
        builder = kind switch { "library" => builder.Relu(), "registered" => builder.Add(new Square()), _ => builder.Add(new Cube()) };
        Network<double> network = builder.Affine(30).Tanh().Affine(3).SoftmaxWithLoss().Build(seed: 1);
        Matrix<double>[] inputs = [.. Enumerable.Range(0, 8).Select(i => Make.Uniform(50 + i, 6, seed: i))];
        Matrix<double>[] expected = [.. inputs.Select(network.Predict)];
        int[][] labels = [.. expected.Select(OneHot.Decode)];
        using var start = new Barrier(inputs.Length);

        await Task.WhenAll(inputs.Select((input, i) => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                for (int round = 0; round < 30; round++)
                {
                    network.Predict(input).ShouldBeBits(expected[i]);
                    network.Accuracy(input, labels[i]).Should().Be(1);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
    }

    [Fact]
    public void Registering_a_kind_twice_throws()
    {
        LayerRegistry.Knows<double>(Square.Kind).Should().BeTrue();
        LayerRegistry.Knows<double>("Cube").Should().BeFalse();
        FluentActions.Invoking(() => LayerRegistry.Register<double>("Affine", _ => new Cube()))
            .Should().Throw<ArgumentException>().WithMessage("A layer of kind Affine is registered already for Double.*");
    }

    [Fact]
    public void A_description_says_what_it_lacks_and_what_it_has_instead()
    {
        LayerDescription description = new LayerDescription("Mine").With("size", 3).With("rate", 0.5);
        description.ToString().Should().Be("Mine(3, 0.5)");
        description.Invoking(it => it.Get<int>("width"))
            .Should().Throw<InvalidDataException>().WithMessage("The description of Mine lacks width; it has size, rate.");
        description.Invoking(it => it.Get<int>("rate"))
            .Should().Throw<InvalidDataException>().WithMessage("The description of Mine expects rate to be Int32, found Double 0.5.");
        description.Get<double>("rate").Should().Be(0.5);
    }

    [Fact]
    public void A_description_holds_lists_of_numbers_of_its_own()
    {
        double[] numbers = [1, 0.5];
        LayerDescription description = new LayerDescription("Mine").With("weights", numbers).With("none", []);
        numbers[0] = 2;

        description.ToString().Should().Be("Mine([1, 0.5], [])");
        description.Get<IReadOnlyList<double>>("weights").Should().Equal(1, 0.5);
        description.Get<IReadOnlyList<double>>("none").Should().BeEmpty();
    }

    [Fact]
    public void A_step_has_one_mask_the_next_another_and_inference_none()
    {
        var noise = new Noise();
        Network<double> network = Network.Input<double>(4).Affine(5).Add(noise).Affine(3).SoftmaxWithLoss().Build(seed: 1);
        Matrix<double> x = Make.Uniform(6, 4, seed: 2);
        int[] labels = Make.Labels(6, 3, seed: 3);
        network.Gradients(x, labels);
        Matrix<double> first = noise.Factors;
        network.Gradients(x, labels);
        noise.Factors.ShouldBeBits(first, "the mask of the same step");

        network.Predict(x);
        noise.Factors.Enumerate().Should().OnlyContain(factor => factor == 1);
        network.Loss(x, labels);
        noise.Factors.Enumerate().Should().OnlyContain(factor => factor == 1);
        noise.Commits.Should().Be(0);

        var optimizer = new Optimizer<double>(network, new Sgd());
        network.Step(x, labels, optimizer);
        noise.Factors.ShouldBeBits(first, "the mask of the same step");
        noise.Commits.Should().Be(1);
        network.Step(x, labels, optimizer);
        noise.Factors.Equals(first).Should().BeFalse("it is the next step");
        noise.Commits.Should().Be(2);
    }

    [Fact]
    public void Masks_follow_the_seed_and_the_place()
    {
        MaskOf(seed: 1, place: 0).ShouldBeBits(MaskOf(seed: 1, place: 0));
        MaskOf(seed: 1, place: 0).Equals(MaskOf(seed: 2, place: 0)).Should().BeFalse();
        MaskOf(seed: 1, place: 0).Equals(MaskOf(seed: 1, place: 1)).Should().BeFalse();

        static Matrix<double> MaskOf(long seed, int place)
        {
            Noise[] noises = [new(), new()];
            Network.Input<double>(4).Add(noises[0]).Add(noises[1]).MeanSquaredError().Build(seed).Gradients(Make.Uniform(3, 4, seed: 2), Make.Uniform(3, 4, seed: 3));
            return noises[place].Factors;
        }
    }

    [Fact]
    public void A_noise_layer_passes_the_gradient_check() => GradientCheck.Layer(new Noise(), Make.Uniform(3, 4, seed: 1)).Passed.Should().BeTrue();

    [Fact]
    public void A_custom_layer_with_the_name_of_another_kind_is_never_replaced_by_that()
    {
        Network<double> network = Network.Input<double>(4).Add(new Own.Tanh()).Build();

        network.Chain.CanReplicate.Should().BeFalse();
        network.Invoking(it => it.Replicate()).Should().Throw<InvalidOperationException>().WithMessage(
            "The layer Tanh is a NeuralNet.Tests.Own+Tanh, but the kind Tanh is registered for NeuralNet.Tanh`1[System.Double]: let its Describe give a kind of its own, and register that.");
    }

    [Fact]
    public void A_factory_that_forgets_a_hyperparameter_is_found_out()
    {
        LayerRegistry.Register<double>("Forgetful", _ => new Forgetful(2));
        Network<double> network = Network.Input<double>(4).Add(new Forgetful(3)).Build();

        network.Invoking(it => it.Replicate()).Should().Throw<InvalidOperationException>()
            .WithMessage("The replica has the parameters 0.unused [2], but the network has 0.unused [3]: Describe must give, and the registered factory must use, all that sizes depend on.");
    }

    [Fact]
    public void Gradients_and_Update_by_hand_are_a_step()
    {
        Network<double> Build() => Network.Input<double>(4).Affine(5).Add(new Noise()).Affine(3).SoftmaxWithLoss().Build(seed: 1);
        (Network<double> network, Network<double> byHand) = (Build(), Build());
        (Optimizer<double> optimizer, Optimizer<double> optimizerByHand) = (new(network, new Sgd()), new(byHand, new Sgd()));
        Matrix<double> x = Make.Uniform(6, 4, seed: 2);
        int[] labels = Make.Labels(6, 3, seed: 3);
        for (int step = 0; step < 3; step++)
        {
            network.Step(x, labels, optimizer);
            byHand.Gradients(x, labels);
            optimizerByHand.Update();
        }

        byHand.StepNumber.Should().Be(3);
        ((Noise)byHand.Layers[1]).Commits.Should().Be(3);
        byHand.WeightsSha256().Should().Be(network.WeightsSha256());
    }
}
