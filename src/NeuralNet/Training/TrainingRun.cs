using System.Diagnostics;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>One call of <see cref="Trainer{T}.Fit"/>: the loop, and where it stands. All that the remaining run depends on goes into <see cref="Save"/> and comes back in <see cref="Resume"/>.</summary>
internal sealed class TrainingRun<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const string OfAnotherRun = "The checkpoint belongs to another run";

    private readonly Trainer<T> trainer;
    private readonly Batches<T> batches;
    private readonly Batches<T>? validation;
    private readonly int epochs;
    private readonly long steps;
    private readonly IProgress<TrainingProgress>? progress;
    private readonly ITrainingCallback<T>[] callbacks;
    private readonly IMetric[] metrics;
    private readonly BestWeights<T>? best;
    private readonly Stopwatch clock = new();

    private int epochsDone;
    private int batchesDone;
    private double lossSum;
    private double learningRate;
    private double gradientNorm;
    private double secondsBefore;
    private bool isSaved;

    public TrainingRun(Trainer<T> trainer, Batches<T> batches, IDataset<T>? validation, int epochs, long steps, IProgress<TrainingProgress>? progress)
    {
        (this.trainer, this.batches, this.epochs, this.steps, this.progress) = (trainer, batches, epochs, steps, progress);
        this.validation = validation is null ? null : trainer.Network.BatchesToEvaluate(validation);
        callbacks = [.. trainer.Callbacks.Select((callback, i) => Guard.Element(callback, i, nameof(trainer.Callbacks)))];
        IReadOnlyList<IMetric> wanted = trainer.Metrics ?? (validation is null || validation.Labels.IsEmpty ? [] : [new Accuracy()]);
        metrics = validation is null ? [] : [.. wanted.Select((metric, i) => Guard.Element(metric, i, nameof(trainer.Metrics)))];
        History = new History(metrics.Select(metric => metric.Name));
        CheckMetric(trainer.ScheduleMetric);
        if (trainer.EarlyStopping is { } earlyStopping)
        {
            if (validation is null)
                throw new ArgumentException("Early stopping needs validation samples: give Fit some, such as those of Split.Stratified.", nameof(validation));
            CheckMetric(earlyStopping.Metric);
            best = new BestWeights<T>(trainer.Network, earlyStopping, HigherIsBetter(earlyStopping.Metric));
        }
    }

    public History History { get; }

    private Network<T> Network => trainer.Network;

    private string WatchedMetric => trainer.EarlyStopping?.Metric ?? string.Empty;

    private Optimizer<T> Optimizer => trainer.Optimizer;

    private long StepsDone => ((long)epochsDone * batches.BatchesPerEpoch) + batchesDone;

    private int SamplesDone => (int)Math.Min(batches.Dataset.Count, (long)batchesDone * batches.BatchSize);

    public TrainingEnd Go(CancellationToken cancellation)
    {
        Begin();
        try
        {
            return Train(cancellation);
        }
        finally
        {
            batches.Forget();
            best?.Restore();
        }
    }

    private TrainingEnd Train(CancellationToken cancellation)
    {
        // Of a run that died between an epoch's last batch and its end.
        if (batchesDone == batches.BatchesPerEpoch)
            EndEpoch();
        TrainingEnd? end;
        while ((end = EndReached(cancellation)) is null)
        {
            if (batchesDone < batches.BatchesPerEpoch)
                TrainOnBatches(cancellation);
            if (batchesDone == batches.BatchesPerEpoch)
                EndEpoch();
        }

        Save();
        if (batchesDone > 0)
            History.Add(Record());
        return end.Value;
    }

    private TrainingEnd? EndReached(CancellationToken cancellation)
    {
        if (epochsDone >= epochs || StepsDone >= steps)
            return TrainingEnd.Completed;
        if (best is { IsOutOfPatience: true })
            return TrainingEnd.EarlyStopped;
        if (trainer.IsStopped)
            return TrainingEnd.Stopped;
        return cancellation.IsCancellationRequested ? TrainingEnd.Cancelled : null;
    }

    private void TrainOnBatches(CancellationToken cancellation)
    {
        // For the loading of batches too, which knows no network.
        using ThreadLimit.Scope limit = ThreadLimit.Enter(Network.MaxThreads);
        clock.Start();
        foreach (Batch<T> batch in batches.Epoch(epochsDone, firstBatch: batchesDone))
        {
            double loss = Gradients(batch);
            var step = new TrainingStep<T>(trainer, epochsDone + 1, StepsDone + 1, batch, loss);
            foreach (ITrainingCallback<T> callback in callbacks)
                callback.BeforeUpdate(step);
            Update();
            foreach (ITrainingCallback<T> callback in callbacks)
                callback.AfterUpdate(step);

            batchesDone++;
            lossSum += loss * batch.Count;
            progress?.Report(Progress(ended: null));
            bool isLast = batchesDone == batches.BatchesPerEpoch || EndReached(cancellation) is not null;
            if (isLast)
                gradientNorm = Optimizer.GradientNorm();
            if (trainer.CheckpointEverySteps is { } every && StepsDone % every == 0)
            {
                clock.Stop();
                Save();
                clock.Start();
            }

            if (isLast)
                break;
        }

        clock.Stop();
    }

    private double Gradients(Batch<T> batch)
    {
        try
        {
            return Network.Gradients(batch.Features, batch.Targets, batch.SampleWeights);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw new InvalidOperationException($"{error.Message} It was batch {batch.Number} of epoch {epochsDone + 1}, of {batch.Count} samples.", error);
        }
        catch (NotFiniteNumberException error)
        {
            var step = new TrainingStep<T>(trainer, epochsDone + 1, StepsDone + 1, batch, error.OffendingNumber);
            foreach (ITrainingCallback<T> callback in callbacks)
                callback.StepFailed(step);
            throw new NotFiniteNumberException($"{error.Message} It was batch {batch.Number} of epoch {epochsDone + 1}.", error.OffendingNumber, error);
        }
    }

    // The rate is that of the last update: with accumulation not every batch makes one.
    private void Update()
    {
        (double rate, long updates) = (Optimizer.LearningRate, Optimizer.StepNumber);
        Optimizer.Update();
        learningRate = Optimizer.StepNumber > updates ? rate : learningRate;
        isSaved = false;
    }

    private void EndEpoch()
    {
        EpochRecord record = Record();
        History.Add(record);
        isSaved = false;
        epochsDone++;
        (batchesDone, lossSum, gradientNorm) = (0, 0, 0);
        Optimizer.Observe(validation is null ? record.TrainingLoss : Value(record, trainer.ScheduleMetric));
        best?.Observe(record.Epoch, Value(record, trainer.EarlyStopping!.Metric));
        foreach (ITrainingCallback<T> callback in callbacks)
            callback.EpochEnded(trainer, record);
        progress?.Report(Progress(record));
        if (trainer.CheckpointEverySteps is null)
            Save();
    }

    /// <summary>The epoch under way, as far as it is done.</summary>
    private EpochRecord Record()
    {
        double validationLoss = validation is null ? double.NaN : Network.Evaluate(validation, metrics);
        return new EpochRecord
        {
            Epoch = epochsDone + 1,
            Step = StepsDone,
            LearningRate = learningRate,
            GradientNorm = gradientNorm,
            TrainingLoss = lossSum / SamplesDone,
            ValidationLoss = validationLoss,
            Metrics = [.. metrics.Select(metric => metric.Value)],
            Seconds = Seconds(),
        };
    }

    private TrainingProgress Progress(EpochRecord? ended) =>
        ended is null
            ? new TrainingProgress(epochsDone + 1, epochs, StepsDone, batchesDone, batches.BatchesPerEpoch, lossSum / SamplesDone, null)
            : new TrainingProgress(ended.Epoch, epochs, ended.Step, batches.BatchesPerEpoch, batches.BatchesPerEpoch, ended.TrainingLoss, ended);

    private double Seconds() => secondsBefore + clock.Elapsed.TotalSeconds;

    private double Value(EpochRecord record, string metric) =>
        metric == EarlyStopping.Loss ? record.ValidationLoss : record.Metrics[History.IndexOf(metric)];

    private bool HigherIsBetter(string metric) => metric != EarlyStopping.Loss && metrics[History.IndexOf(metric)].HigherIsBetter;

    private void CheckMetric(string name)
    {
        if (name != EarlyStopping.Loss)
            History.IndexOf(name);
    }

    private void Begin()
    {
        if (trainer.Checkpoints is not { } store)
            return;
        if (!trainer.Resumes && !store.IsEmpty)
            throw new InvalidOperationException($"{store} holds the checkpoints of an earlier run: set Resumes to go on with it, or choose another place, or delete them.");
        if (trainer.Resumes && store.Load<T>() is { } checkpoint)
            Resume(checkpoint);
        else
            Save();
    }

    private void Save()
    {
        if (trainer.Checkpoints is not { } store || isSaved)
            return;

        if (Network.Parameters.FirstOrDefault(parameter => !double.IsFinite(SumOfSquares.Of<T>(parameter.Value.Values()))) is { } spoilt)
            throw new NotFiniteNumberException($"After step {StepsDone}, {spoilt.Name} holds NaN, infinity or numbers too large to square: no checkpoint was saved, and those before are whole. Try a smaller learning rate, or ClipByGlobalNorm.");
        var optimizer = OptimizerState.Of(Optimizer);
        var state = new TrainingState
        {
            NetworkSeed = Network.Seed,
            DataSeed = batches.Seed,
            Samples = batches.Dataset.Count,
            BatchSize = batches.BatchSize,
            EpochsDone = epochsDone,
            BatchesDone = batchesDone,
            LossSum = lossSum,
            LearningRate = learningRate,
            GradientNorm = gradientNorm,
            Seconds = Seconds(),
            IsStopped = trainer.IsStopped,
            NetworkStep = Network.StepNumber,
            OptimizerStep = optimizer.Step,
            AccumulatedSteps = optimizer.AccumulatedSteps,
            SkippedUpdates = optimizer.Skipped ?? new Dictionary<string, long>(),
            Schedule = optimizer.Schedule,
            Frozen = [.. Network.Parameters.Where(parameter => !parameter.Trainable).Select(parameter => parameter.Name)],
            Rule = optimizer.Rule,
            ValidationSamples = validation?.Dataset.Count ?? 0,
            Callbacks = [.. callbacks.Select(callback => (double[])[.. callback.State])],
            BestEpoch = best?.Epoch ?? 0,
            BestValue = best?.Value ?? 0,
            WatchedMetric = WatchedMetric,
            ScheduleMetric = trainer.ScheduleMetric,
            MetricNames = History.MetricNames,
            History = [.. History.Epochs],
        };
        store.Save(new Checkpoint<T>(state, [.. Tensors().Select(tensor => tensor.Saved())]));
        isSaved = true;
    }

    // Everything is checked before anything is changed.
    private void Resume(Checkpoint<T> checkpoint)
    {
        (TrainingState state, LiveTensor<T>[] tensors) = (checkpoint.State, [.. Tensors()]);
        Expect("network seed", Network.Seed, state.NetworkSeed);
        Expect("seed of the order of samples", batches.Seed, state.DataSeed);
        Expect("number of training samples", batches.Dataset.Count, state.Samples);
        Expect("batch size", batches.BatchSize, state.BatchSize);
        Expect("number of validation samples", validation?.Dataset.Count ?? 0, state.ValidationSamples);
        Action resumeOptimizer = new OptimizerState(state.Rule, state.OptimizerStep, state.AccumulatedSteps, state.Schedule, state.SkippedUpdates).For(Optimizer, OfAnotherRun);
        Expect("number of callbacks", callbacks.Length, state.Callbacks.Count);
        Expect("metrics", string.Join(", ", History.MetricNames), string.Join(", ", state.MetricNames));
        Expect("metric of early stopping", WatchedMetric, state.WatchedMetric);
        Expect("metric of the schedule", trainer.ScheduleMetric, state.ScheduleMetric);
        Expect("tensors", Names(tensors.Select(tensor => tensor.Name)), Names(checkpoint.Tensors.Select(tensor => tensor.Name)));
        if (state.EpochsDone < 0 || state.BatchesDone < 0 || state.BatchesDone > batches.BatchesPerEpoch || state.History.Count != state.EpochsDone || state.History.Any(record => record is null || record.Metrics.Count != state.MetricNames.Count) || state.NetworkStep < 0)
            throw new InvalidDataException($"The checkpoint contradicts itself or this run: epoch {state.EpochsDone}, batch {state.BatchesDone} of {batches.BatchesPerEpoch}, {state.History.Count} epochs of history, network step {state.NetworkStep}.");
        foreach ((LiveTensor<T> tensor, NamedValues<T> saved) in tensors.Zip(checkpoint.Tensors))
            Expect($"shape of {tensor.Name}", tensor.Shape, saved.Shape);
        if (state.Frozen.Except(Network.Parameters.Select(parameter => parameter.Name)).FirstOrDefault() is { } unknown)
            throw new InvalidDataException($"{OfAnotherRun}: expected frozen parameters that the network has, found {unknown}.");

        if (state.Callbacks.Any(saved => saved is null))
            throw new InvalidDataException($"{OfAnotherRun}: the state of a callback is null.");

        // First, because an application's callback may throw: network and optimizer are unchanged then.
        foreach ((ITrainingCallback<T> callback, IReadOnlyList<double> saved) in callbacks.Zip(state.Callbacks))
            callback.Restore(saved);
        foreach ((LiveTensor<T> tensor, NamedValues<T> saved) in tensors.Zip(checkpoint.Tensors))
            saved.Values.Span.CopyTo(tensor.Value.Values());
        foreach (Parameter<T> parameter in Network.Parameters)
            parameter.Trainable = !state.Frozen.Contains(parameter.Name);
        foreach (EpochRecord record in state.History)
            History.Add(record);
        Network.StepNumber = state.NetworkStep;
        resumeOptimizer();
        best?.Resume(state.BestEpoch, state.BestValue, state.EpochsDone);
        (epochsDone, batchesDone, lossSum) = (state.EpochsDone, state.BatchesDone, state.LossSum);
        (learningRate, gradientNorm, secondsBefore) = (state.LearningRate, state.GradientNorm, state.Seconds);
        trainer.IsStopped = state.IsStopped;
        isSaved = true;
    }

    /// <summary>All tensors that a checkpoint holds, in their order.</summary>
    private IEnumerable<LiveTensor<T>> Tensors() =>
    [
        .. LiveTensor<T>.Of(Network, "network/"),
        .. LiveTensor<T>.Of(Optimizer),
        .. best?.Tensors ?? [],
    ];

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);

    private static void Expect<TValue>(string what, TValue expected, TValue found)
    {
        if (!EqualityComparer<TValue>.Default.Equals(expected, found))
            throw new InvalidDataException($"{OfAnotherRun}: expected {what} {expected}, found {found}.");
    }
}
