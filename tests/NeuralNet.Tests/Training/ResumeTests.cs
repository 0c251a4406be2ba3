namespace NeuralNet.Tests;

/// <summary>A run that ended at any moment and went on from its checkpoint is the run that did not: same weights, same history, same memory of the optimizer, to the bit.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int Epochs = 4, BatchSize = 8;

    private static readonly ArrayDataset<double> Spiral = SyntheticData.Spiral<double>(samplesPerClass: 30, classes: 3, noise: 0.1, seed: 3);

    private static readonly (Subset<double> Train, Subset<double> Validation) Data = Split.Stratified(Spiral, trainShare: 0.8, seed: 1);

    private readonly ScratchFolder folder = new();

    public static TheoryData<ResumeCase> Cases => ResumeCases.All();

    public void Dispose() => folder.Dispose();

    // 72 samples are 9 batches an epoch, 36 in all: checkpoints each 4 steps stand within epochs, at their last batches (36) and between.
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_run_that_died_in_any_step_ends_as_if_it_had_not(ResumeCase row)
    {
        Outcome whole = Run(row, store: null, dieIn: null);
        for (int step = 1; step <= 36; step++)
        {
            var store = new MemoryStore();
            if (Run(row, store, dieIn: step) is { HasDied: false } before)
            {
                // The run was over before it could die.
                before.Should().Be(whole);
            }

            Run(row, store, dieIn: null).Should().Be(whole, $"it died in step {step}");
            Run(row, store, dieIn: null).Should().Be(whole, "a run that is over stays as it is");
        }
    }

    // Also from the checkpoint of an epoch's last batch, which is saved before the epoch's end: a process may die in between.
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_run_goes_on_from_each_of_its_checkpoints(ResumeCase row)
    {
        var all = new EveryCheckpoint();
        Outcome whole = Run(row, all, dieIn: null, steps: 18, checkpointEvery: 3);
        all.Stores.Should().HaveCountGreaterThan(5);
        foreach (MemoryStore store in all.Stores)
            Run(row, store, dieIn: null, steps: 18, checkpointEvery: 3).Should().Be(whole);
    }

    [Fact]
    public void A_run_may_die_again_and_again()
    {
        ResumeCase row = ResumeCases.Named("the best weights, patience left");
        Outcome whole = Run(row, store: null, dieIn: null);
        var store = new CheckpointDirectory(Path.Combine(folder.FullName, "often"), keep: 2);
        foreach (int step in (int[])[2, 5, 9, 10, 17, 18, 19, 27, 28, 35])
            Run(row, store, dieIn: step).HasDied.Should().BeTrue();

        Run(row, store, dieIn: null).Should().Be(whole);
    }

    [Fact]
    public void A_cancelled_run_goes_on_where_it_stood_even_without_regular_checkpoints()
    {
        ResumeCase row = ResumeCases.Named("nothing but weights");
        Outcome whole = Run(row, store: null, dieIn: null);
        var store = new CheckpointDirectory(Path.Combine(folder.FullName, "cancelled"));
        using var cancellation = new CancellationTokenSource();
        Network<double> network = row.Network();
        var trainer = new Trainer<double>(row.Optimizer(network)) { Checkpoints = store, CheckpointEverySteps = 1000, Callbacks = [new DieIn(null) { At = 14, Do = cancellation.Cancel }], Resumes = true };
        History history = trainer.Fit(Data.Train, Data.Validation, Epochs, BatchSize, cancellation: cancellation.Token);

        // Step 14 is the fifth of epoch 2: the history tells of that part, the checkpoint does not hold it.
        trainer.End.Should().Be(TrainingEnd.Cancelled);
        history.Epochs.Select(epoch => epoch.Step).Should().Equal(9, 14);
        store.Files().Select(Path.GetFileName).Should().Equal("checkpoint-000000000014.safetensors", "checkpoint-000000000000.safetensors");
        Run(row, store, dieIn: null).Should().Be(whole);
    }

    [Fact]
    public void A_run_that_is_over_goes_on_when_more_epochs_are_asked_for()
    {
        ResumeCase row = ResumeCases.Named("the best weights, patience left");
        var store = new CheckpointDirectory(Path.Combine(folder.FullName, "more"));
        Run(row, store, dieIn: null, epochs: 2).Epochs.Should().Be(2);

        // The weights at the end of two epochs were the best of them; the run goes on with the last.
        Run(row, store, dieIn: null).Should().Be(Run(row, store: null, dieIn: null));
    }

    // Another thread may stop it at any moment, here when step 18, the end of the second epoch, was saved.
    [Fact]
    public void A_run_that_was_stopped_after_its_last_checkpoint_is_over_when_it_goes_on()
    {
        ResumeCase row = ResumeCases.Named("nothing but weights");
        var store = new EveryCheckpoint();
        var trainer = new Trainer<double>(row.Optimizer(row.Network())) { Checkpoints = store };
        store.Saved = () =>
        {
            if (trainer.Network.StepNumber == 18)
                trainer.Stop();
        };
        trainer.Fit(Data.Train, Data.Validation, Epochs, BatchSize);
        Network<double> network = row.Network();
        var resumed = new Trainer<double>(row.Optimizer(network)) { Checkpoints = store.Stores[^1], Resumes = true };
        resumed.Fit(Data.Train, Data.Validation, Epochs, BatchSize);

        (trainer.End, trainer.Network.StepNumber).Should().Be((TrainingEnd.Stopped, 18));
        (resumed.End, network.StepNumber).Should().Be((TrainingEnd.Stopped, 18));
    }

    private static Outcome Run(ResumeCase row, ICheckpointStore? store, int? dieIn, int epochs = Epochs, long? steps = null, int checkpointEvery = 4)
    {
        Network<double> network = row.Network();
        Optimizer<double> optimizer = row.Optimizer(network);
        Trainer<double> given = row.Trainer?.Invoke(optimizer) ?? new Trainer<double>(optimizer);
        var trainer = new Trainer<double>(optimizer)
        {
            EarlyStopping = row.EarlyStopping,
            Checkpoints = store,
            CheckpointEverySteps = store is null ? null : checkpointEvery,
            Resumes = store is not null,
            Callbacks = [.. given.Callbacks, new DieIn(dieIn)],
        };
        try
        {
            History history = trainer.Fit(Data.Train, Data.Validation, epochs, BatchSize, steps);
            return Outcome.Of(trainer, history);
        }
        catch (DeathException)
        {
            return new Outcome(string.Empty, string.Empty, string.Empty, 0) { HasDied = true };
        }
    }

    /// <summary>All that must agree.</summary>
    private sealed record Outcome(string Weights, string History, string Optimizer, int Epochs)
    {
        public bool HasDied { get; init; }

        public static Outcome Of(Trainer<double> trainer, History history)
        {
            IEnumerable<string> epochs = history.Epochs.Select(epoch =>
                $"{epoch.Epoch} {epoch.Step} {epoch.LearningRate:R} {epoch.GradientNorm:R} {epoch.TrainingLoss:R} {epoch.ValidationLoss:R} {string.Join(" ", epoch.Metrics.Select(metric => metric.ToString("R")))}");
            Optimizer<double> optimizer = trainer.Optimizer;
            IEnumerable<string> slots = optimizer.Slots.Concat(optimizer.Averages).Concat(optimizer.AccumulatedGradients)
                .Select(slot => $"{slot.Name} {string.Join(" ", slot.Value.Enumerate().Select(value => value.ToString("R")))}");
            return new Outcome(
                trainer.Network.WeightsSha256(),
                string.Join("\n", epochs),
                $"{trainer.End} {optimizer.StepNumber} {optimizer.AccumulatedSteps} {optimizer.LearningRate:R} {trainer.Network.StepNumber}\n{string.Join("\n", slots)}",
                history.Epochs.Count);
        }
    }

    /// <summary>Keeps each checkpoint in a store of its own.</summary>
    private sealed class EveryCheckpoint : ICheckpointStore
    {
        public List<MemoryStore> Stores { get; } = [];

        /// <summary>What is done after each save.</summary>
        public Action? Saved { get; set; }

        public bool IsEmpty => true;

        public void Save<T>(Checkpoint<T> checkpoint)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Stores.Add(new MemoryStore());
            Stores[^1].Save(checkpoint);
            Saved?.Invoke();
        }

        public Checkpoint<T>? Load<T>()
            where T : unmanaged, IFloatingPointIeee754<T> => null;
    }

    private sealed class DeathException : Exception;

    /// <summary>Dies, or does something else, in a step: odd ones before the update, even ones after it.</summary>
    private sealed class DieIn(int? step) : ITrainingCallback<double>
    {
        public int? At { get; init; } = step;

        public Action Do { get; init; } = () => throw new DeathException();

        public void BeforeUpdate(in TrainingStep<double> step) => MaybeDie(step.Trainer.Network.StepNumber + 1, 1);

        public void AfterUpdate(in TrainingStep<double> step) => MaybeDie(step.Trainer.Network.StepNumber, 0);

        private void MaybeDie(long now, int remainder)
        {
            if (now == At && now % 2 == remainder)
                Do();
        }
    }
}
