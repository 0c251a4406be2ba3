using System.Text;

namespace NeuralNet.Tests;

/// <summary>A network in a file: what comes back is what was saved, and says so where it cannot.</summary>
public sealed class NetworkFileTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    private string Path => System.IO.Path.Combine(folder.FullName, "network.safetensors");

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void Every_layer_comes_back_with_the_same_bits(string name)
    {
        LayerCase row = LayerCases.Row(name);
        Check(row.CreateNetwork<double>(), row.Batch<double>(7, seed: 3));
        Check(row.CreateNetwork<float>(), row.Batch<float>(7, seed: 3));
    }

    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void Every_loss_comes_back_with_the_same_bits(string name)
    {
        LossCase row = LossCases.Row(name);
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var network = new Network<T>(row.Outputs, [row.New<T>()], seed: 1);
            Network<T> loaded = this.Check(network, row.Input(7).As<T>());
            loaded.Loss(row.Input(7).As<T>(), row.Target(7).As<T>()).Should().Be(network.Loss(row.Input(7).As<T>(), row.Target(7).As<T>()));
        }
    }

    public static TheoryData<string> Trainings => ["sgd", "dropout and momentum", "batch statistics and adam", "accumulation, averages and a schedule", "a frozen layer"];

    [Theory, MemberData(nameof(Trainings))]
    public void Saved_loaded_and_trained_on_equals_not_having_stopped(string training)
    {
        (Network<float> network, Optimizer<float> optimizer) = Training(training);
        Steps(network, optimizer, 0, 7);
        network.Save(Path, optimizer);
        Steps(network, optimizer, 7, 13);

        (_, Optimizer<float> like) = Training(training);
        Network<float> loaded = Network.Load<float>(Path);
        var resumed = new Optimizer<float>(loaded, like.Rule, like.Schedule, accumulationSteps: like.AccumulationSteps, averageDecay: like.Averages.Count > 0 ? 0.9 : null);
        resumed.LoadState(Path);
        Steps(loaded, resumed, 7, 13);

        loaded.WeightsSha256().Should().Be(network.WeightsSha256());
        loaded.StepNumber.Should().Be(network.StepNumber);
        foreach ((OptimizerSlot<float> found, OptimizerSlot<float> expected) in resumed.Slots.Concat(resumed.Averages).Zip(optimizer.Slots.Concat(optimizer.Averages)))
            found.Value.ShouldBeBits(expected.Value);
    }

    [Fact]
    public void Class_names_texts_seed_step_and_frozen_parameters_come_back()
    {
        Network<float> network = Network.Input<float>(4).Affine(3).Relu().Affine(2).SoftmaxWithLoss().Build(seed: -5);
        network.ClassNames = ["Iris \"setosa\"", "日本"];
        network.Metadata["inputs"] = "cm,\nfour of them";
        network.Parameters[1].Trainable = false;
        network.Step(Make.Uniform<float>(3, 4, 1), Make.Labels(3, 2, 1), new Optimizer<float>(network, new Sgd(0.1)));
        network.Save(Path);
        Network<float> loaded = Network.Load<float>(Path);

        loaded.ClassNames.Should().Equal(network.ClassNames);
        loaded.Metadata.Should().Equal(network.Metadata);
        loaded.Parameters.Select(parameter => parameter.Trainable).Should().Equal(true, false, true, true);
        loaded.StepNumber.Should().Be(1);
        loaded.Seed.Should().Be(-5);
        loaded.ToString().Should().Be(network.ToString());
        loaded.Classify([1, 2, 3, 4]).Should().Equal(network.Classify([1, 2, 3, 4]));
    }

    [Fact]
    public void A_stream_serves_as_a_file_does()
    {
        Network<double> network = Network.Input<double>(2).Affine(3).Build(seed: 1);
        using var stream = new MemoryStream();
        network.Save(stream);
        Network.Load<double>(stream).WeightsSha256().Should().Be(network.WeightsSha256());
        network.Save(Path);
        File.ReadAllBytes(Path).Should().Equal(stream.ToArray());
    }

    [Fact]
    public void Either_precision_is_read_as_the_other()
    {
        Network<double> network = Network.Input<double>(3).Affine(2).Build(seed: 1);
        network.Save(Path);
        Network<float> single = Network.Load<float>(Path);
        single.Parameters[0].Value.ShouldBeBits(network.Parameters[0].Value.As<float>());

        // Every float is a double.
        single.Save(Path);
        Network.Load<double>(Path).Parameters[0].Value.ShouldBeBits(single.Parameters[0].Value.AsDouble());

        network.Parameters[1].Value[0, 1] = 1e39;
        network.Save(Path);
        FluentActions.Invoking(() => Network.Load<float>(Path)).Should().Throw<InvalidDataException>().WithMessage($"{Path}: *0.bias*F64*holds 1E+39, too large for Single*");
        FluentActions.Invoking(() => Network.Load<Half>(Path)).Should().Throw<NotSupportedException>().WithMessage("The precision must be float or double; got Half.");
    }

    [Fact]
    public void A_custom_layer_is_saved_under_the_name_it_was_registered_with()
    {
        var network = new Network<double>(3, [new Affine<double>(2), new Doubling<double> { Times = 3 }], seed: 1);
        FluentActions.Invoking(() => network.Save(Path)).Should().Throw<InvalidOperationException>().WithMessage("No layer of kind test.Doubling is registered*");
        File.Exists(Path).Should().BeFalse();

        LayerRegistry.Register<double>("test.Doubling", description => new Doubling<double> { Times = description.Get<int>("times") });
        network.Save(Path);
        Matrix<double> x = Make.Uniform(2, 3, 1);
        Network.Load<double>(Path).Predict(x).ShouldBeBits(network.Predict(x));
        Encoding.UTF8.GetString(File.ReadAllBytes(Path)).Should().NotContain("NeuralNet.Tests", "a file names no type");

        // In the other precision nobody has registered it.
        FluentActions.Invoking(() => Network.Load<float>(Path)).Should().Throw<InvalidDataException>().WithMessage($"{Path}: the network cannot be built*No layer of kind test.Doubling is registered*");
    }

    [Fact]
    public void What_a_file_cannot_hold_is_refused_before_the_old_file_is_touched()
    {
        Network<float> network = Network.Input<float>(2).Affine(2).Build(seed: 1);
        File.WriteAllText(Path, "old");
        network.Metadata["neuralnet.state"] = "mine";
        FluentActions.Invoking(() => network.Save(Path)).Should().Throw<InvalidOperationException>().WithMessage("The metadata 'neuralnet.state' bears a name of the file's own*");
        network.Metadata.Clear();
        network.Metadata["note"] = null!;
        FluentActions.Invoking(() => network.Save(Path)).Should().Throw<InvalidOperationException>().WithMessage("The text of the metadata 'note' is null.");
        network.Metadata["note"] = "half \uD83D";
        FluentActions.Invoking(() => network.Save(Path)).Should().Throw<InvalidOperationException>().WithMessage("The text of the metadata 'note' is not Unicode*");
        network.Metadata.Clear();
        Network<float> other = Network.Input<float>(2).Affine(2).Build(seed: 1);
        FluentActions.Invoking(() => network.Save(Path, new Optimizer<float>(other, new Sgd(1)))).Should().Throw<ArgumentException>().WithMessage("The optimizer belongs to another network.*");
        File.ReadAllText(Path).Should().Be("old");
        Directory.GetFiles(folder.FullName).Should().Equal(Path);
    }

    [Fact]
    public void A_link_where_the_unfinished_file_goes_is_not_written_through()
    {
        string other = System.IO.Path.Combine(folder.FullName, "other");
        File.WriteAllText(other, "another's");
        File.CreateSymbolicLink(Path + ".partial", other);
        Network<float> network = Network.Input<float>(2).Affine(2).Build(seed: 1);
        network.Save(Path);

        File.ReadAllText(other).Should().Be("another's");
        new FileInfo(Path).LinkTarget.Should().BeNull();
        Network.Load<float>(Path).WeightsSha256().Should().Be(network.WeightsSha256());
    }

    [Fact]
    public void A_new_file_may_be_read_and_written_by_whom_the_old_one_was()
    {
        if (OperatingSystem.IsWindows())
            return;

        const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.WriteAllText(Path, "old");
        File.SetUnixFileMode(Path, Owners);
        Network.Input<float>(2).Affine(2).Build(seed: 1).Save(Path);
        File.GetUnixFileMode(Path).Should().Be(Owners);
    }

    [Fact]
    public void Updates_that_a_frozen_parameter_skipped_come_back()
    {
        Network<float> network = Network.Input<float>(6).Affine(3).SoftmaxWithLoss().Build(seed: 1);
        var optimizer = new Optimizer<float>(network, new NAdam(0.05));
        network.Parameters[0].Trainable = false;
        Steps(network, optimizer, 0, 3);
        network.Parameters[0].Trainable = true;
        Steps(network, optimizer, 3, 5);
        network.Save(Path, optimizer);
        optimizer.SkippedUpdates.Should().Equal(3, 0);

        Network<float> loaded = Network.Load<float>(Path);
        var resumed = new Optimizer<float>(loaded, new NAdam(0.05));
        resumed.LoadState(Path);
        resumed.SkippedUpdates.Should().Equal(3, 0);
        Steps(network, optimizer, 5, 8);
        Steps(loaded, resumed, 5, 8);
        loaded.WeightsSha256().Should().Be(network.WeightsSha256());
    }

    [Fact]
    public void An_optimizer_that_remembers_less_than_the_saved_one_is_refused()
    {
        Network<float> network = Network.Input<float>(2).Affine(2).SoftmaxWithLoss().Build(seed: 1);
        network.Save(Path, new Optimizer<float>(network, new Adam(0.1, amsGrad: true), averageDecay: 0.9));
        Refused(new Optimizer<float>(network, new Adam(0.1)), "*0.weight.max_exp_avg_sq*0.weight.average*");
        Refused(new Optimizer<float>(network, new Adam(0.1), averageDecay: 0.9), "*0.weight.max_exp_avg_sq*");
        new Optimizer<float>(network, new Adam(0.1, amsGrad: true), averageDecay: 0.9).LoadState(Path);

        void Refused(Optimizer<float> optimizer, string message) =>
            FluentActions.Invoking(() => optimizer.LoadState(Path)).Should().Throw<InvalidDataException>().WithMessage(message);
    }

    [Fact]
    public void An_optimizer_of_another_kind_is_refused()
    {
        Network<float> network = Network.Input<float>(2).Affine(2).SoftmaxWithLoss().Build(seed: 1);
        network.Save(Path);
        FluentActions.Invoking(() => new Optimizer<float>(network, new Adam(0.1)).LoadState(Path)).Should().Throw<InvalidDataException>().WithMessage($"{Path} holds no optimizer*");
        network.Save(Path, new Optimizer<float>(network, new Adam(0.1)));
        FluentActions.Invoking(() => new Optimizer<float>(network, new Sgd(0.1)).LoadState(Path)).Should().Throw<InvalidDataException>().WithMessage($"{Path}: expected rule Sgd, found Adam.");
    }

    [Fact]
    public void A_checkpoint_is_told_from_a_network_and_averages_are_saved_without_the_optimizer()
    {
        Network<float> network = Network.Input<float>(2).Affine(2).SoftmaxWithLoss().Build(seed: 1);
        var optimizer = new Optimizer<float>(network, new Sgd(0.1), averageDecay: 0.9);
        for (int step = 0; step < 3; step++)
            network.Step(Make.Uniform<float>(4, 2, step), Make.Labels(4, 2, step), optimizer);
        using (optimizer.UseAverages())
        {
            FluentActions.Invoking(() => network.Save(Path, optimizer)).Should().Throw<InvalidOperationException>().WithMessage("The averages are in the place of the weights*");
            network.Save(Path);
        }

        Network.Load<float>(Path).Parameters[0].Value.ShouldBeBits(optimizer.Averages[0].Value);

        var trainer = new Trainer<float>(network, new Sgd(0.1)) { Checkpoints = new CheckpointDirectory(folder.FullName) };
        trainer.Fit(new ArrayDataset<float>(2, [1, 2, 3, 4], [0, 1], 2), epochs: 1, batchSize: 2);
        string checkpoint = ((CheckpointDirectory)trainer.Checkpoints).Files()[0];
        FluentActions.Invoking(() => Network.Load<float>(checkpoint)).Should().Throw<InvalidDataException>().WithMessage("*is the checkpoint of a training run*");
    }

    [Fact]
    public void A_kind_that_is_registered_for_something_else_is_found_out_when_it_is_saved()
    {
        LayerRegistry.Register<double>("test.Forgetful", _ => new Doubling<double>("test.Forgetful"));
        var network = new Network<double>(3, [new Doubling<double>("test.Forgetful") { Times = 7 }], seed: 1);
        FluentActions.Invoking(() => network.Save(Path)).Should().Throw<InvalidOperationException>().WithMessage("The layer test.Forgetful(7) was created again from its description as test.Forgetful(2)*");
    }

    [Fact]
    public void Weights_are_taken_from_a_file_that_holds_an_optimizer_too()
    {
        Network<float> network = Network.Input<float>(2).Affine(2).Build(seed: 1), other = Network.Input<float>(2).Affine(2).Build(seed: 2);
        network.Save(Path, new Optimizer<float>(network, new Adam(0.1)));
        other.LoadWeights(Path).Count(WeightStatus.Ignored).Should().Be(4);
        other.WeightsSha256().Should().Be(network.WeightsSha256());
    }

    [Fact]
    public void Class_names_are_as_many_as_the_classes()
    {
        Network<float> network = Network.Input<float>(2).Affine(3).Build(seed: 1);
        FluentActions.Invoking(() => network.ClassNames = ["a", "b"]).Should().Throw<ArgumentException>().WithMessage("ClassNames must be a name for each of the 3 classes, or empty; got 2.*");
        FluentActions.Invoking(() => network.ClassNames = ["a", "b", "a"]).Should().Throw<ArgumentException>().WithMessage("ClassNames must differ and not be empty; number 2 is 'a'.*");
        FluentActions.Invoking(() => network.ClassNames = ["a", "b", "\ud800"]).Should().Throw<ArgumentException>().WithMessage("ClassNames must be Unicode; number 2 holds half of a surrogate pair.*");
        network.ClassNames = ["a", "b", "c"];
        network.Replicate().ClassNames.Should().Equal("a", "b", "c");
        Network<float> single = Network.Input<float>(2).Affine(1).SigmoidWithLoss().Build(seed: 1);
        single.ClassNames = ["no", "yes"];
        single.Classify([0, 0]).Should().Equal(new ClassProbability(0, "no", 0.5), new ClassProbability(1, "yes", 0.5));
    }

    private static (Network<float> Network, Optimizer<float> Optimizer) Training(string name)
    {
        NetworkBuilder<float> input = Network.Input<float>(6);
        Network<float> network = (name switch
        {
            "dropout and momentum" => input.Affine(8).Relu().Dropout(0.4),
            "batch statistics and adam" => input.Affine(8).BatchNormalization().Relu(),
            _ => input.Affine(8).Tanh(),
        }).Affine(3).SoftmaxWithLoss().Build(seed: 4);
        network.Parameters[0].Trainable = name != "a frozen layer";
        return (network, name switch
        {
            "dropout and momentum" => new Optimizer<float>(network, new Momentum(0.1)),
            "batch statistics and adam" => new Optimizer<float>(network, new Adam(0.01)),
            "accumulation, averages and a schedule" => new Optimizer<float>(network, new RmsProp(0.01), new CosineAnnealing(20), accumulationSteps: 4, averageDecay: 0.9),
            _ => new Optimizer<float>(network, new Sgd(0.1)),
        });
    }

    private static void Steps(Network<float> network, Optimizer<float> optimizer, int from, int to)
    {
        for (int step = from; step < to; step++)
            network.Step(Make.Uniform<float>(5, 6, step), Make.Labels(5, 3, step), optimizer);
    }

    /// <summary>Saves and loads: the same predictions, the same fingerprint, the same file again.</summary>
    private Network<T> Check<T>(Network<T> network, Matrix<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        network.Save(Path);
        byte[] bytes = File.ReadAllBytes(Path);
        Network<T> loaded = Network.Load<T>(Path);
        loaded.Predict(x).ShouldBeBits(network.Predict(x));
        loaded.WeightsSha256().Should().Be(network.WeightsSha256());
        loaded.Save(Path);
        File.ReadAllBytes(Path).Should().Equal(bytes);
        return loaded;
    }

    private sealed class Doubling<T>(string kind = "test.Doubling") : ILayer<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public int Times { get; init; } = 2;

        public Matrix<T> Forward(Matrix<T> input) => input * T.CreateTruncating(Times);

        public Matrix<T> Backward(Matrix<T> outputGradient) => outputGradient * T.CreateTruncating(Times);

        public LayerDescription Describe() => new LayerDescription(kind).With("times", Times);
    }
}
