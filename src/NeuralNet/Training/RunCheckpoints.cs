using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The checkpoints of one training run. All that the rest of the run depends on goes into <see cref="Save"/> and comes back in <see cref="Resume"/>.</summary>
/// <param name="trainer">Whose run it is, and where its checkpoints are kept.</param>
/// <param name="batches">What it learns from.</param>
/// <param name="validationSamples">How many samples it is validated on.</param>
/// <param name="callbacks">Who looks on.</param>
/// <param name="best">The best weights so far; null without early stopping.</param>
/// <param name="history">The epochs so far.</param>
internal sealed class RunCheckpoints<T>(Trainer<T> trainer, Batches<T> batches, int validationSamples, ITrainingCallback<T>[] callbacks, BestWeights<T>? best, History history)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const string OfAnotherRun = "The checkpoint belongs to another run";

    // Where the run stood when it was saved last. The clock goes on without it.
    private RunPosition? saved;

    private Network<T> Network => trainer.Network;

    private string WatchedMetric => trainer.EarlyStopping?.Metric ?? string.Empty;

    /// <summary>Goes on with the newest checkpoint where that is wanted and there is one; else saves the beginning.</summary>
    /// <returns>Where the run stands.</returns>
    public RunPosition Begin()
    {
        if (trainer.Checkpoints is not { } store)
            return default;
        if (!trainer.Resumes && !store.IsEmpty)
            throw new InvalidOperationException($"{store} holds the checkpoints of an earlier run: set Resumes to go on with it, or choose another place, or delete them.");
        if (trainer.Resumes && store.Load<T>() is { } checkpoint)
            return Resume(checkpoint);
        Save(default);
        return default;
    }

    /// <summary>Saves where the run stands, unless that is saved already.</summary>
    public void Save(RunPosition at)
    {
        if (trainer.Checkpoints is not { } store || saved == (at with { Seconds = 0 }))
            return;

        if (Network.Parameters.FirstOrDefault(parameter => !double.IsFinite(SumOfSquares.Of<T>(parameter.Value.Values()))) is { } spoilt)
            throw new NotFiniteNumberException($"After step {at.StepsDone(batches.BatchesPerEpoch)}, {spoilt.Name} holds NaN, infinity or numbers too large to square: no checkpoint was saved, and those before are whole. Try a smaller learning rate, or ClipByGlobalNorm.");
        var optimizer = OptimizerState.Of(trainer.Optimizer);
        var state = new TrainingState
        {
            NetworkSeed = Network.Seed,
            DataSeed = batches.Seed,
            Samples = batches.Dataset.Count,
            BatchSize = batches.BatchSize,
            EpochsDone = at.EpochsDone,
            BatchesDone = at.BatchesDone,
            LossSum = at.LossSum,
            LearningRate = at.LearningRate,
            GradientNorm = at.GradientNorm,
            Seconds = at.Seconds,
            IsStopped = at.IsStopped,
            NetworkStep = Network.StepNumber,
            OptimizerStep = optimizer.Step,
            AccumulatedSteps = optimizer.AccumulatedSteps,
            SkippedUpdates = optimizer.Skipped ?? new Dictionary<string, long>(),
            Schedule = optimizer.Schedule,
            Frozen = [.. Network.Parameters.Where(parameter => !parameter.Trainable).Select(parameter => parameter.Name)],
            Rule = optimizer.Rule,
            ValidationSamples = validationSamples,
            Callbacks = [.. callbacks.Select(State)],
            BestEpoch = best?.Epoch ?? 0,
            BestValue = best?.Value ?? 0,
            WatchedMetric = WatchedMetric,
            ScheduleMetric = trainer.ScheduleMetric,
            MetricNames = history.MetricNames,
            History = [.. history.Epochs],
        };
        store.Save(new Checkpoint<T>(state, [.. Tensors().Select(tensor => tensor.Saved())]));
        saved = at with { Seconds = 0 };
    }

    // Everything is checked before anything is changed.
    private RunPosition Resume(Checkpoint<T> checkpoint)
    {
        (TrainingState state, LiveTensor<T>[] tensors) = (checkpoint.State, [.. Tensors()]);
        Expect("network seed", Network.Seed, state.NetworkSeed);
        Expect("seed of the order of samples", batches.Seed, state.DataSeed);
        Expect("number of training samples", batches.Dataset.Count, state.Samples);
        Expect("batch size", batches.BatchSize, state.BatchSize);
        Expect("number of validation samples", validationSamples, state.ValidationSamples);
        Action resumeOptimizer = new OptimizerState(state.Rule, state.OptimizerStep, state.AccumulatedSteps, state.Schedule, state.SkippedUpdates).For(trainer.Optimizer, OfAnotherRun);
        Expect("number of callbacks", callbacks.Length, state.Callbacks.Count);
        Expect("metrics", string.Join(", ", history.MetricNames), string.Join(", ", state.MetricNames));
        Expect("metric of early stopping", WatchedMetric, state.WatchedMetric);
        Expect("metric of the schedule", trainer.ScheduleMetric, state.ScheduleMetric);
        Expect("tensors", Names(tensors.Select(tensor => tensor.Name)), Names(checkpoint.Tensors.Select(tensor => tensor.Name)));
        if (state.EpochsDone < 0 || state.BatchesDone < 0 || state.BatchesDone > batches.BatchesPerEpoch || state.History.Count != state.EpochsDone || state.History.Any(record => record is null || record.Metrics.Count != state.MetricNames.Count) || state.NetworkStep is < 0 or > Guard.MostSteps)
            throw new InvalidDataException(FormattableString.Invariant($"The checkpoint contradicts itself or this run: epoch {state.EpochsDone}, batch {state.BatchesDone} of {batches.BatchesPerEpoch}, {state.History.Count} epochs of history, network step {state.NetworkStep}."));
        foreach ((LiveTensor<T> tensor, NamedValues<T> values) in tensors.Zip(checkpoint.Tensors))
            Expect($"shape of {tensor.Name}", tensor.Shape, values.Shape);
        if (state.Frozen.Except(Network.Parameters.Select(parameter => parameter.Name)).FirstOrDefault() is { } unknown)
            throw new InvalidDataException($"{OfAnotherRun}: expected frozen parameters that the network has, found {unknown}.");
        if (state.Callbacks.Any(saved => saved is null))
            throw new InvalidDataException($"{OfAnotherRun}: the state of a callback is null.");

        // First, because an application's callback may throw: network and optimizer are unchanged then.
        foreach ((ITrainingCallback<T> callback, IReadOnlyList<double> values) in callbacks.Zip(state.Callbacks))
            callback.Restore(values);
        foreach ((LiveTensor<T> tensor, NamedValues<T> values) in tensors.Zip(checkpoint.Tensors))
            values.Values.Span.CopyTo(tensor.Value.Values());
        foreach (Parameter<T> parameter in Network.Parameters)
            parameter.Trainable = !state.Frozen.Contains(parameter.Name);
        foreach (EpochRecord record in state.History)
            history.Add(record);
        Network.StepNumber = state.NetworkStep;
        resumeOptimizer();
        best?.Resume(state.BestEpoch, state.BestValue, state.EpochsDone);
        var at = new RunPosition
        {
            EpochsDone = state.EpochsDone,
            BatchesDone = state.BatchesDone,
            LossSum = state.LossSum,
            LearningRate = state.LearningRate,
            GradientNorm = state.GradientNorm,
            Seconds = state.Seconds,
            IsStopped = state.IsStopped,
        };
        saved = at with { Seconds = 0 };
        return at;
    }

    /// <summary>All tensors that a checkpoint holds, in their order.</summary>
    private IEnumerable<LiveTensor<T>> Tensors() =>
    [
        .. LiveTensor<T>.Of(Network, "network/"),
        .. LiveTensor<T>.Of(trainer.Optimizer),
        .. best?.Tensors ?? [],
    ];

    private static double[] State(ITrainingCallback<T> callback) =>
        [.. callback.State ?? throw new InvalidOperationException($"The callback {callback} has a State of null; expected what it remembers, or no numbers.")];

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);

    private static void Expect<TValue>(string what, TValue expected, TValue found)
    {
        if (!EqualityComparer<TValue>.Default.Equals(expected, found))
            throw new InvalidDataException(FormattableString.Invariant($"{OfAnotherRun}: expected {what} {expected}, found {found}."));
    }
}
