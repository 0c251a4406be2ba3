using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NeuralNet.Tests;

/// <summary>Checkpoints on the disk: kept, refused when damaged, and never lost.</summary>
public sealed class CheckpointTests : IDisposable
{
    private const int Mutations = 10_000;

    private static readonly ArrayDataset<float> Spiral = SyntheticData.Spiral<float>(samplesPerClass: 20, classes: 3, noise: 0.1, seed: 3);

    private readonly ScratchFolder folder = new();

    private string Place => Path.Combine(folder.FullName, "checkpoints");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_newest_few_are_kept_under_the_numbers_of_their_steps()
    {
        Fit(new CheckpointDirectory(Place, keep: 2), epochs: 5);

        // 60 samples in batches of 10: epochs end with steps 6, 12, 18, 24, 30; the checkpoint at the end is that of step 30.
        Directory.GetFiles(Place).Select(Path.GetFileName).Should().BeEquivalentTo("checkpoint-000000000024.safetensors", "checkpoint-000000000030.safetensors");
    }

    [Fact]
    public void What_was_saved_is_read_to_the_bit_infinities_and_all()
    {
        var saved = new Checkpoint<double>(
            State() with { LossSum = double.PositiveInfinity, BestValue = double.NaN, Schedule = [0.1, double.NegativeInfinity], History = [Record(double.NaN)], EpochsDone = 1 },
            [new NamedValues<double>("network/0.weight", new Shape(2, 3), new[] { 1, -0.0, double.NaN, double.Epsilon, 1 / 3.0, double.MaxValue })]);
        var store = new CheckpointDirectory(Place);
        store.Save(saved);
        Checkpoint<double> read = store.Load<double>()!;

        read.State.Should().BeEquivalentTo(saved.State, options => options.WithStrictOrdering());
        read.Tensors.Should().ContainSingle();
        (read.Tensors[0].Name, read.Tensors[0].Shape).Should().Be(("network/0.weight", new Shape(2, 3)));
        read.Tensors[0].Values.ToArray().Select(BitConverter.DoubleToInt64Bits).Should().Equal(saved.Tensors[0].Values.ToArray().Select(BitConverter.DoubleToInt64Bits));
    }

    // Readers take headers of 100 MB, which half a million epochs would fill.
    [Fact]
    public void The_header_is_no_longer_for_a_long_history()
    {
        long HeaderBytes(int epochs)
        {
            var store = new CheckpointDirectory(Path.Combine(Place, $"{epochs}"));
            store.Save(new Checkpoint<double>(State() with { History = [.. Enumerable.Repeat(Record(0.5), epochs)], EpochsDone = epochs }, []));
            store.Load<double>()!.State.History.Should().HaveCount(epochs);
            return BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(store.Files()[0]));
        }

        HeaderBytes(epochs: 10_000).Should().BeCloseTo(HeaderBytes(epochs: 1), 16, "that is the alignment");
    }

    // The newest is written when a run is cancelled, at a step that the next run does not save.
    [Fact]
    public void A_damaged_one_that_the_run_has_passed_does_not_count_as_kept()
    {
        var first = new CheckpointDirectory(Place, keep: 2);
        Run(first, until: 4);
        first.Files().Select(Step).Should().Equal(4, 3);
        Flip(first.Files()[0], at: new FileInfo(first.Files()[0]).Length / 2);

        var second = new CheckpointDirectory(Place, keep: 2);
        Run(second, until: 7);

        second.Damaged.Should().ContainSingle().Which.Path.Should().Be(second.Files()[2]);
        second.Files().Select(Step).Should().Equal(7, 6, 4);

        void Run(CheckpointDirectory store, int until)
        {
            var trainer = new Trainer<float>(Build(), new Adam(0.01)) { Checkpoints = store, CheckpointEverySteps = 3, Resumes = true };
            trainer.Fit(Spiral, epochs: 3, batchSize: 10, steps: until, seed: 1);
        }

        static int Step(string path) => int.Parse(Path.GetFileNameWithoutExtension(path)["checkpoint-".Length..], CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_damaged_one_is_refused_and_the_one_before_it_used()
    {
        var store = new CheckpointDirectory(Place);
        Fit(store, epochs: 3);
        string newest = store.Files()[0];
        Flip(newest, at: new FileInfo(newest).Length / 2);

        store.Load<float>()!.State.EpochsDone.Should().Be(2);
        store.Damaged.Should().ContainSingle().Which.Path.Should().Be(newest);
        store.Damaged[0].Reason.Should().StartWith($"{newest} is damaged: the checksum of its bytes is ");

        // A run goes on from the one before, and ends where it would have ended; the damaged file is replaced when its step comes.
        string resumed = Fit(new CheckpointDirectory(Place) { }, epochs: 4, resumes: true);
        resumed.Should().Be(Fit(store: null, epochs: 4));
        store.Load<float>()!.State.EpochsDone.Should().Be(4);
        store.Damaged.Should().BeEmpty();
    }

    [Fact]
    public void Where_all_are_damaged_nothing_begins_afresh()
    {
        var store = new CheckpointDirectory(Place);
        Fit(store, epochs: 2);
        foreach (string file in store.Files())
            File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]);

        FluentActions.Invoking(() => Fit(store, epochs: 3, resumes: true)).Should().Throw<InvalidDataException>().WithMessage($"{Place} holds no checkpoint that can be used*is damaged*");
    }

    [Fact]
    public void A_run_does_not_overwrite_another_and_begins_afresh_where_there_is_none()
    {
        var store = new CheckpointDirectory(Place);
        Fit(store, epochs: 1, resumes: true).Should().Be(Fit(store: null, epochs: 1));

        FluentActions.Invoking(() => new Trainer<float>(Build(), new Sgd(1)) { Resumes = true }.Fit(Spiral)).Should().Throw<InvalidOperationException>().WithMessage("Resumes is set, but there is no place for checkpoints*");
        FluentActions.Invoking(() => Fit(store, epochs: 1)).Should().Throw<InvalidOperationException>().WithMessage("CheckpointDirectory(*) holds the checkpoints of an earlier run: set Resumes to go on with it*");
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused_by_what_differs()
    {
        Fit(new CheckpointDirectory(Place), epochs: 1);

        Refused(batchSize: 20).Should().Be("The checkpoint belongs to another run: expected batch size 20, found 10.");
        Refused(seed: 9).Should().Be("The checkpoint belongs to another run: expected seed of the order of samples 9, found 1.");
        Refused(network: Build(seed: 2)).Should().StartWith("The checkpoint belongs to another run: expected network seed 2, found 1.");
        Refused(network: Build(hidden: 9)).Should().StartWith("The checkpoint belongs to another run: expected shape of network/0.weight 9x2, found 8x2.");
        Refused(rule: new AdamW(0.1)).Should().Be("The checkpoint belongs to another run: expected rule AdamW, found Adam.");
        Refused(rule: new Adam(0.01, amsGrad: true)).Should().StartWith("The checkpoint belongs to another run: expected tensors network/0.weight, network/0.bias,").And.Contain("found");
        Refused(validation: Spiral).Should().Be("The checkpoint belongs to another run: expected number of validation samples 60, found 0.");

        string Refused(int batchSize = 10, long seed = 1, Network<float>? network = null, IOptimizerRule? rule = null, IDataset<float>? validation = null)
        {
            var trainer = new Trainer<float>(network ?? Build(), rule ?? new Adam(0.01)) { Checkpoints = new CheckpointDirectory(Place), Resumes = true };
            string before = trainer.Network.WeightsSha256();
            string message = trainer.Invoking(it => it.Fit(Spiral, validation, epochs: 2, batchSize, seed: seed)).Should().Throw<InvalidDataException>().Which.Message;
            trainer.Network.WeightsSha256().Should().Be(before, "nothing is changed before everything is checked");
            return message;
        }
    }

    [Fact]
    public void A_run_goes_on_with_the_metrics_that_it_watched()
    {
        Trainer(new EarlyStopping(5)).Fit(Spiral, Spiral, epochs: 1, batchSize: 10, seed: 1);

        Refused(Trainer(new EarlyStopping(5, "accuracy"))).Should().Be("The checkpoint belongs to another run: expected metric of early stopping accuracy, found loss.");
        Refused(Trainer(new EarlyStopping(5), scheduleMetric: "accuracy")).Should().Be("The checkpoint belongs to another run: expected metric of the schedule accuracy, found loss.");
        Trainer(new EarlyStopping(6)).Fit(Spiral, Spiral, epochs: 2, batchSize: 10, seed: 1).Epochs.Should().HaveCount(2);

        Trainer<float> Trainer(EarlyStopping stopping, string scheduleMetric = EarlyStopping.Loss) =>
            new(Build(), new Adam(0.01)) { Checkpoints = new CheckpointDirectory(Place), Resumes = true, EarlyStopping = stopping, ScheduleMetric = scheduleMetric };

        static string Refused(Trainer<float> trainer) =>
            trainer.Invoking(it => it.Fit(Spiral, Spiral, epochs: 2, batchSize: 10, seed: 1)).Should().Throw<InvalidDataException>().Which.Message;
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_loses_no_earlier_one()
    {
        var store = new CheckpointDirectory(Place);
        Fit(store, epochs: 2);
        string next = Path.Combine(Place, "checkpoint-000000000018.safetensors");
        Directory.CreateDirectory(next + ".partial");

        FluentActions.Invoking(() => Fit(store, epochs: 4, resumes: true)).Should().Throw<IOException>().WithMessage($"{next} could not be written: *");
        store.Load<float>()!.State.EpochsDone.Should().Be(2);
        Directory.GetFiles(Place).Should().HaveCount(3, "those of steps 0, 6 and 12 are there");
        Directory.Delete(next + ".partial");
        Fit(store, epochs: 4, resumes: true).Should().Be(Fit(store: null, epochs: 4));
    }

    [Fact]
    public void A_state_that_was_saved_before_updates_were_counted_for_each_parameter_is_read()
    {
        string json = JsonSerializer.Serialize(State() with { SkippedUpdates = new Dictionary<string, long> { ["0.weight"] = 3 } }, CheckpointJson.Default.TrainingState);
        json.Should().Contain(""","skippedUpdates":{"0.weight":3}""");
        JsonSerializer.Deserialize(json.Replace(""","skippedUpdates":{"0.weight":3}""", ""), CheckpointJson.Default.TrainingState)!.SkippedUpdates.Should().BeEmpty();
    }

    [Fact]
    public void A_state_that_contradicts_the_network_or_a_callback_that_throws_changes_nothing()
    {
        var store = new CheckpointDirectory(Place);
        Fit(store, epochs: 1);
        Checkpoint<float> whole = store.Load<float>()!;
        TrainingState state = whole.State;
        (TrainingState State, string Message)[] wrong =
        [
            (state with { History = [null!] }, "The checkpoint contradicts itself or this run: epoch 1,*"),
            (state with { Frozen = ["9.weight"] }, "The checkpoint belongs to another run: expected frozen parameters that the network has, found 9.weight."),
            (state with { Callbacks = [null!] }, "The checkpoint belongs to another run: the state of a callback is null."),
            (state with { Callbacks = [[1]] }, "not mine"),
            (state with { SkippedUpdates = new Dictionary<string, long> { ["0.weight"] = 7 } }, "The checkpoint belongs to another run: expected that each parameter skipped from 0 to 6 updates, found 0.weight: 7."),
            (state with { SkippedUpdates = new Dictionary<string, long> { ["9.weight"] = 1 } }, "The checkpoint belongs to another run: the network has no parameter 9.weight, which skipped 1 updates."),
        ];
        foreach ((TrainingState broken, string message) in wrong)
        {
            store.Save(whole with { State = broken });
            ITrainingCallback<float>[] callbacks = broken.Callbacks.Count > 0 ? [new Objecting()] : [];
            var trainer = new Trainer<float>(Build(), new Adam(0.01)) { Checkpoints = store, Resumes = true, Callbacks = callbacks };
            string before = trainer.Network.WeightsSha256();
            trainer.Invoking(it => it.Fit(Spiral, epochs: 2, batchSize: 10, seed: 1)).Should().Throw<InvalidDataException>().WithMessage(message);
            trainer.Network.WeightsSha256().Should().Be(before);
            trainer.Network.StepNumber.Should().Be(0);
        }
    }

    // An update so large that the weights overflow: the next step would fail, and so would a run that went on from such a checkpoint.
    [Fact]
    public void Weights_that_are_not_finite_are_not_saved()
    {
        var store = new CheckpointDirectory(Place);
        var trainer = new Trainer<float>(Build(), new Sgd(1e38)) { Checkpoints = store, CheckpointEverySteps = 1 };

        trainer.Invoking(it => it.Fit(Spiral, batchSize: 10)).Should().Throw<NotFiniteNumberException>().WithMessage("After step 1, 0.weight holds NaN*");
        store.Load<float>()!.State.NetworkStep.Should().Be(0);
        trainer.End.Should().BeNull();
    }

    [Fact]
    public void A_place_that_is_a_file_is_told_before_anything_is_trained()
    {
        File.WriteAllBytes(Place, []);

        FluentActions.Invoking(() => Fit(new CheckpointDirectory(Place), epochs: 1)).Should().Throw<IOException>().WithMessage($"{Place} is a file; expected a directory for checkpoints.");
    }

    [Fact]
    public void A_file_that_is_not_whole_yet_is_no_checkpoint()
    {
        var store = new CheckpointDirectory(Place);
        Fit(store, epochs: 1);
        File.WriteAllBytes(Path.Combine(Place, "checkpoint-000000000099.safetensors.partial"), [1, 2, 3]);
        File.WriteAllBytes(Path.Combine(Place, "checkpoint-best.safetensors"), [1, 2, 3]);

        store.Files().Should().HaveCount(2);
        store.Load<float>()!.State.NetworkStep.Should().Be(6);
    }

    [Fact]
    public void Every_one_of_many_mutations_is_refused_by_its_checksum()
    {
        var store = new CheckpointDirectory(Place, keep: 1);
        Fit(store, epochs: 1);
        byte[] whole = File.ReadAllBytes(store.Files()[0]);
        foreach (byte[] mutant in Mutants(whole, new CounterRandom(1)))
            ShouldBeRefused(mutant);
    }

    // A checksum protects against chance; whoever computes a new one still must not get more than an error.
    [Fact]
    public void Mutations_with_a_checksum_that_is_right_are_refused_or_read_and_nothing_else()
    {
        var store = new CheckpointDirectory(Place, keep: 1);
        Fit(store, epochs: 1);
        byte[] whole = File.ReadAllBytes(store.Files()[0]);
        string path = store.Files()[0];
        int read = 0;
        foreach (byte[] mutant in Mutants(whole[..^32], new CounterRandom(2)))
        {
            byte[] file = [.. mutant, .. SHA256.HashData(mutant)];
            (Exception? error, long allocated) = Resume();
            if (allocated >= 500_000 + (20 * mutant.Length))
                allocated = Resume().Allocated;
            allocated.Should().BeLessThan(500_000 + (20 * mutant.Length));
            if (error is not null)
                error.Should().BeOfType<InvalidDataException>();
            read += error is null ? 1 : 0;

            (Exception? Error, long Allocated) Resume()
            {
                File.WriteAllBytes(path, file);
                return Fuzz.Measure(() =>
                {
                    var trainer = new Trainer<float>(Build(), new Adam(0.01)) { Checkpoints = new CheckpointDirectory(Place), Resumes = true };
                    trainer.Fit(Spiral, epochs: 1, batchSize: 10, seed: 1);
                });
            }
        }

        // Many mutations are of weights, which may be any number.
        read.Should().BeInRange(Mutations / 20, Mutations * 9 / 10);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "tensor 'a' F32 [2] needs 8 bytes; its offsets hold 4.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "tensor 'b' F32 [1] begins at byte 2 of the data; expected 4, where the one before it ends.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "tensor 'a' F32 [1] begins at byte 4 of the data; expected 0, where the one before it ends.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "the safetensors header describes 4 bytes of data; found 8.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 0, "tensor 'a' must have two offsets in order; found [-4, 0].")]
    [InlineData("""{"a":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}}""", 4, "tensor 'a' F99 [1] has a type that is not known.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,9223372036854775807,4],"data_offsets":[0,0]}}""", 0, null)]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807],"data_offsets":[0,4]}}""", 4, "has a dimension that is negative, or more numbers than can be counted.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "the safetensors header has the name 'a' twice.")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "the safetensors header has the metadata 'a' twice.")]
    [InlineData("""{"__metadata__":{"a":null}}""", 0, "the metadata 'a' is null; expected text.")]
    [InlineData("""{"__metadata__":null,"a":{"dtype":"F8_E4M3","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"C64","shape":[1],"data_offsets":[3,11]}}""", 11, null)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 0, "the safetensors header is not what the format says")]
    [InlineData("""{"a":[[[[[[[[[[[[1]]]]]]]]]]]]}""", 0, "the safetensors header is not what the format says")]
    [InlineData("""{"a":""", 0, "the safetensors header is not what the format says")]
    [InlineData("[]", 0, "the safetensors header is not what the format says")]
    public void A_safetensors_header_that_is_not_true_is_refused(string json, int dataBytes, string? problem)
    {
        byte[] file = new byte[8 + json.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)json.Length);
        Encoding.UTF8.GetBytes(json, file.AsSpan(8));
        Action read = () => SafetensorsHeader.Read("file", new MemoryStream(file));

        if (problem is null)
            read.Should().NotThrow("a tensor may have no numbers, or a type that networks have no use for");
        else
            read.Should().Throw<InvalidDataException>().WithMessage($"file: *{problem}*");
    }

    [Theory]
    [InlineData(7, 0UL)]
    [InlineData(20, 13UL)]
    [InlineData(20, ulong.MaxValue)]
    public void A_header_longer_than_the_file_is_refused(int bytes, ulong claimed)
    {
        byte[] file = new byte[bytes];
        if (bytes >= 8)
            BinaryPrimitives.WriteUInt64LittleEndian(file, claimed);

        FluentActions.Invoking(() => SafetensorsHeader.Read("file", new MemoryStream(file))).Should().Throw<InvalidDataException>().WithMessage("file is not a safetensors file*");
    }

    private static Network<float> Build(long seed = 1, int hidden = 8) => Network.Input<float>(2).Affine(hidden).Tanh().Affine(3).SoftmaxWithLoss().Build(seed);

    private static string Fit(CheckpointDirectory? store, int epochs, bool resumes = false)
    {
        var trainer = new Trainer<float>(Build(), new Adam(0.01)) { Checkpoints = store, Resumes = resumes };
        trainer.Fit(Spiral, epochs: epochs, batchSize: 10, seed: 1);
        return trainer.Network.WeightsSha256();
    }

    private sealed class Objecting : ITrainingCallback<float>
    {
        public IReadOnlyList<double> State => [];

        public void Restore(IReadOnlyList<double> state) => throw new InvalidDataException("not mine");
    }

    private static void Flip(string path, long at)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private void ShouldBeRefused(byte[] mutant)
    {
        File.WriteAllBytes(Path.Combine(Place, "checkpoint-000000000006.safetensors"), mutant);
        long before = GC.GetAllocatedBytesForCurrentThread();
        FluentActions.Invoking(() => new CheckpointDirectory(Place).Load<float>()).Should().Throw<InvalidDataException>();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(500_000 + (20 * mutant.Length));
    }

    // Bits flipped, bytes replaced, cut, doubled, ended early.
    private static IEnumerable<byte[]> Mutants(byte[] whole, CounterRandom random)
    {
        for (int i = 0; i < Mutations; i++)
        {
            byte[] mutant = [.. whole];
            int at = random.Next(whole.Length), length = random.Next(1, 40);
            switch (random.Next(6))
            {
                case 0:
                    mutant[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    // The header, where the claims are.
                    mutant[at % 1000] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    random.NextBytes(mutant.AsSpan(at, Math.Min(length, whole.Length - at)));
                    break;
                case 3:
                    mutant = [.. whole[..at], .. whole[Math.Min(whole.Length, at + length)..]];
                    break;
                case 4:
                    mutant = [.. whole[..at], .. whole[Math.Max(0, at - length)..]];
                    break;
                default:
                    mutant = whole[..at];
                    break;
            }

            if (!mutant.AsSpan().SequenceEqual(whole))
                yield return mutant;
        }
    }

    private static TrainingState State() => new()
    {
        NetworkSeed = 1,
        DataSeed = 2,
        Samples = 3,
        BatchSize = 4,
        EpochsDone = 0,
        BatchesDone = 6,
        LossSum = 0.1,
        LearningRate = 0.2,
        GradientNorm = 0.3,
        Seconds = 0.4,
        IsStopped = true,
        NetworkStep = 7,
        OptimizerStep = 8,
        AccumulatedSteps = 9,
        ValidationSamples = 11,
        Rule = "Adam",
        Schedule = [],
        Frozen = ["0.weight"],
        Callbacks = [[], [1, 2]],
        BestEpoch = 10,
        BestValue = 0.5,
        WatchedMetric = "loss",
        ScheduleMetric = "accuracy",
        MetricNames = ["accuracy"],
        History = [],
    };

    private static EpochRecord Record(double value) => new()
    {
        Epoch = 1,
        Step = 2,
        LearningRate = 0.1,
        GradientNorm = value,
        TrainingLoss = 1 / 3.0,
        ValidationLoss = value,
        Metrics = [value],
        Seconds = 0.5,
    };
}
