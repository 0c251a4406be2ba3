namespace NeuralNet.Tests;

/// <summary>What belongs to the step: statistics of the batch and running ones, in a layer by itself and in a network.</summary>
public class BatchNormalizationTests
{
    [Fact]
    public void Statistics_are_committed_once_a_step_from_the_latest_Forward_in_training()
    {
        BatchNormalization<double> layer = Build(3), once = Build(3);
        Matrix<double> x = Make.Uniform(5, 3, seed: 1), other = Make.Uniform(9, 3, seed: 2);
        double[] Values(BatchNormalization<double> of) => [.. of.States.SelectMany(state => state.Value.Enumerate())];
        layer.Forward(other);
        layer.Forward(x);
        Values(layer).Should().Equal([0, 0, 0, 1, 1, 1], "nothing is committed yet");

        layer.EnterStep(default);
        layer.Forward(other);
        layer.CommitStep();
        once.Forward(x);
        once.CommitStep();
        double[] committed = Values(layer);
        committed.Should().Equal(Values(once)).And.NotContain(0);

        layer.CommitStep();
        layer.Forward(other);
        layer.CommitStep();
        Values(layer).Should().Equal(committed, "there was no Forward in training since");
    }

    // Not to rest at a subnormal number, which each prediction would take off its inputs.
    [Fact]
    public void Running_statistics_of_a_channel_that_is_0_come_to_0()
    {
        var layer = new BatchNormalization<float>();
        layer.Build(1, new CounterRandom(1));
        layer.Forward(Make.Rows([1], [3]).As<float>());
        layer.CommitStep();
        for (int step = 0; step < 1000; step++)
        {
            layer.Forward(Make.Rows([0], [0]).As<float>());
            layer.CommitStep();
        }

        layer.States.Should().OnlyContain(state => state.Value[0, 0] == 0);
    }

    [Fact]
    public void By_hand_two_samples_and_their_running_statistics()
    {
        // By hand: 1 and 3 have mean 2 and variance 1, or 2 divided by m - 1; with epsilon 3, y = ∓1/√4; a momentum of 1/4 makes 2/4 and 3/4 + 2/4.
        var layer = new BatchNormalization<double>(epsilon: 3, momentum: 0.25);
        layer.Build(1, new CounterRandom(1));
        layer.Forward(Make.Rows([1], [3])).Enumerate().Should().Equal(-0.5, 0.5);
        layer.CommitStep();
        layer.States.Select(state => (state.Name, state.Value[0, 0])).Should().Equal(("running_mean", 0.5), ("running_var", 1.25));
        layer.Parameters.Should().OnlyContain(parameter => !parameter.Decays);

        // In inference: (x - 0.5)/√(1.25 + 3).
        layer.EnterStep(default);
        layer.Forward(Make.Rows([2.5]))[0, 0].ShouldBeClose(2 / Math.Sqrt(4.25), 1e-15);
        layer.Backward(Make.Rows([1]))[0, 0].ShouldBeClose(1 / Math.Sqrt(4.25), 1e-15);
    }

    [Fact]
    public void One_value_for_each_channel_throws_in_training_and_says_what_to_do()
    {
        BatchNormalization<double> layer = Build(3);
        layer.Invoking(it => it.Forward(Make.Uniform(1, 3, seed: 1))).Should().Throw<ArgumentException>().WithMessage(
            "BatchNormalization(3) expects at least 2 samples in training, got [1, 3]: one value for each channel has no variance. Use larger batches, a batch size that leaves no last batch of 1, or predict.*");
        layer.EnterStep(default);
        layer.Invoking(it => it.Forward(Make.Uniform(1, 3, seed: 1))).Should().NotThrow();
        Build(new Shape(3, 1, 2)).Invoking(it => it.Forward(Make.Uniform(1, 6, seed: 1))).Should().NotThrow("two pixels are two values");
    }

    [Fact]
    public void Arguments_out_of_range_and_shapes_that_do_not_fit_throw_in_words()
    {
        FluentActions.Invoking(() => new BatchNormalization<double>(epsilon: 0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("epsilon must be greater than 0 and finite; got 0.*");
        FluentActions.Invoking(() => new BatchNormalization<double>(momentum: 1.5)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("momentum must be in [0, 1]; got 1.5.*");
        FluentActions.Invoking(() => new LayerNormalization<double>(-1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("epsilon must be *; got -1.*");
        FluentActions.Invoking(() => new GroupNormalization<double>(0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("groups must be at least 1; got 0.*");
        FluentActions.Invoking(() => Network.Input<double>(new Shape(5, 2, 2)).GroupNormalization(2).Build()).Should().Throw<ArgumentException>()
            .WithMessage("Layer 0 GroupNormalization(? in 2) does not fit: *expects a number of channels that is a multiple of 2, got 5 in 5x2x2 = 20.*");
        Build(3).Invoking(it => it.Build(4, new CounterRandom(1))).Should().Throw<ArgumentException>().WithMessage("BatchNormalization(3) was built for samples of shape 3, got 4.*");
        new BatchNormalization<double>().Invoking(it => it.Forward(Make.Uniform(2, 3, seed: 1))).Should().Throw<InvalidOperationException>().WithMessage("BatchNormalization(?): Forward was called before Build.*");
    }

    [Fact]
    public void A_network_commits_once_a_step_and_predicts_with_the_running_statistics()
    {
        (Network<double> network, Network<double> twice) = (Sample<double>(), Sample<double>());
        Matrix<double> x = Make.Uniform(8, 12, seed: 2);
        int[] labels = Make.Labels(8, 3, seed: 3);
        string fresh = network.WeightsSha256();
        double[] States(Network<double> of) => [.. of.States.SelectMany(state => state.Value.Enumerate())];
        network.Step(x, labels, new Optimizer<double>(network, new Sgd()));
        twice.Gradients(x, labels);
        twice.Predict(x);
        twice.Gradients(x, labels);
        new Optimizer<double>(twice, new Sgd()).Update();
        twice.WeightsSha256().Should().Be(network.WeightsSha256()).And.NotBe(fresh);
        network.States.Select(state => state.Name).Should().Equal("0.running_mean", "0.running_var", "2.running_mean", "2.running_var");

        Matrix<double> inBatch = network.Predict(x);
        for (int i = 0; i < x.RowCount; i++)
            network.Predict(x.RowOf(i)).ShouldBeBits(inBatch.RowOf(i), "a sample's prediction, which depends on no other");

        Network<double> replica = network.Replicate();
        replica.Predict(x).ShouldBeBits(inBatch);
        network.States[0].Value[0, 0] += 1;
        States(replica).Should().Equal(States(network));
        replica.Predict(x).Equals(inBatch).Should().BeFalse("it shares the statistics");
        network.WeightsSha256().Should().NotBe(twice.WeightsSha256(), "statistics are among the weights");
    }

    [Fact]
    public void The_gradient_check_of_a_network_passes_and_leaves_states_parameters_and_step_alone()
    {
        Network<double> network = Sample<double>();
        Matrix<double> x = Make.Uniform(8, 12, seed: 2);
        int[] labels = Make.Labels(8, 3, seed: 3);
        network.Step(x, labels, new Optimizer<double>(network, new Sgd()));
        string before = network.WeightsSha256();
        GradientReport report = GradientCheck.Network(network, x, labels);

        report.Passed.Should().BeTrue("{0}", report);
        (network.WeightsSha256(), network.StepNumber).Should().Be((before, 1));
    }

    [Fact]
    public void Threads_change_no_bit_of_what_is_learned()
    {
        Learned<float>(1).Should().Be(Learned<float>(2)).And.Be(Learned<float>(8));
        Learned<double>(1).Should().Be(Learned<double>(2)).And.Be(Learned<double>(8));

        // Large enough that every kernel is split.
        static string Learned<T>(int threads)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Network<T> network = Network.Input<T>(new Shape(8, 12, 12)).BatchNormalization().GroupNormalization(4).SpatialDropout(0.2).Affine(300).LayerNormalization().Relu().Dropout(0.5)
                .Affine(3).SoftmaxWithLoss().Build(seed: 1);
            network.MaxThreads = threads;
            var optimizer = new Optimizer<T>(network, new Sgd(0.01));
            for (int step = 0; step < 3; step++)
                network.Step(Make.Uniform<T>(70, network.InputShape.Size, seed: step), Make.Labels(70, 3, seed: step), optimizer);
            return network.WeightsSha256();
        }
    }

    private static BatchNormalization<double> Build(Shape shape)
    {
        var layer = new BatchNormalization<double>();
        layer.Build(shape, new CounterRandom(1));
        return layer;
    }

    private static Network<T> Sample<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Network.Input<T>(new Shape(3, 2, 2)).BatchNormalization().Affine(6).BatchNormalization(momentum: 0.3).Tanh().Dropout(0.3).Affine(3).SoftmaxWithLoss().Build(seed: 1);
}
