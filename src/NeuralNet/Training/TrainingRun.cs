using System.Diagnostics;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>One call of <see cref="Trainer{T}.Fit"/>: the loop, and where it stands.</summary>
internal sealed class TrainingRun<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Trainer<T> trainer;
    private readonly Batches<T> batches;
    private readonly Batches<T>? validation;
    private readonly int epochs;
    private readonly long steps;
    private readonly IProgress<TrainingProgress>? progress;
    private readonly ITrainingCallback<T>[] callbacks;
    private readonly IMetric[] metrics;
    private readonly BestWeights<T>? best;
    private readonly RunCheckpoints<T> checkpoints;
    private readonly Stopwatch clock = new();

    // Its seconds are those before this call; whether it was told to stop, the trainer knows.
    private RunPosition at;

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

        checkpoints = new RunCheckpoints<T>(trainer, batches, validation?.Count ?? 0, callbacks, best, History);
    }

    public History History { get; }

    private Network<T> Network => trainer.Network;

    private Optimizer<T> Optimizer => trainer.Optimizer;

    private long StepsDone => at.StepsDone(batches.BatchesPerEpoch);

    private int SamplesDone => (int)Math.Min(batches.Dataset.Count, (long)at.BatchesDone * batches.BatchSize);

    public TrainingEnd Go(CancellationToken cancellation)
    {
        at = checkpoints.Begin();
        trainer.IsStopped |= at.IsStopped;
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
        if (at.BatchesDone == batches.BatchesPerEpoch)
            EndEpoch();
        TrainingEnd? end;
        while ((end = EndReached(cancellation)) is null)
        {
            if (at.BatchesDone < batches.BatchesPerEpoch)
                TrainOnBatches(cancellation);
            if (at.BatchesDone == batches.BatchesPerEpoch)
                EndEpoch();
        }

        Save();
        if (at.BatchesDone > 0)
            History.Add(Record());
        return end.Value;
    }

    private TrainingEnd? EndReached(CancellationToken cancellation)
    {
        if (at.EpochsDone >= epochs || StepsDone >= steps)
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
        foreach (Batch<T> batch in batches.Epoch(at.EpochsDone, firstBatch: at.BatchesDone))
        {
            double loss = Gradients(batch);
            var step = new TrainingStep<T>(trainer, at.EpochsDone + 1, StepsDone + 1, batch, loss);
            foreach (ITrainingCallback<T> callback in callbacks)
                callback.BeforeUpdate(step);
            Update();
            at.BatchesDone++;
            at.LossSum += loss * batch.Count;
            bool isLast = MeasuredLast(cancellation);
            foreach (ITrainingCallback<T> callback in callbacks)
                callback.AfterUpdate(step);
            progress?.Report(Progress(ended: null));
            isLast = isLast || MeasuredLast(cancellation);
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

    // Whether no batch follows; if so, the gradients are measured: before callbacks, which may use the network for something else, and after them only if they ended the run.
    private bool MeasuredLast(CancellationToken cancellation)
    {
        bool isLast = at.BatchesDone == batches.BatchesPerEpoch || EndReached(cancellation) is not null;
        if (isLast)
            at.GradientNorm = Optimizer.GradientNorm();
        return isLast;
    }

    private double Gradients(Batch<T> batch)
    {
        try
        {
            return Network.Gradients(batch.Features, batch.Targets, batch.SampleWeights);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw new InvalidOperationException($"{error.Message} It was batch {batch.Number} of epoch {at.EpochsDone + 1}, of {batch.Count} samples.", error);
        }
        catch (NotFiniteNumberException error)
        {
            var step = new TrainingStep<T>(trainer, at.EpochsDone + 1, StepsDone + 1, batch, error.OffendingNumber);
            foreach (ITrainingCallback<T> callback in callbacks)
                callback.StepFailed(step);
            throw new NotFiniteNumberException($"{error.Message} It was batch {batch.Number} of epoch {at.EpochsDone + 1}.", error.OffendingNumber, error);
        }
    }

    // The rate is that of the last update: with accumulation not every batch makes one.
    private void Update()
    {
        (double rate, long updates) = (Optimizer.LearningRate, Optimizer.StepNumber);
        Optimizer.Update();
        at.LearningRate = Optimizer.StepNumber > updates ? rate : at.LearningRate;
    }

    private void EndEpoch()
    {
        EpochRecord record = Record();
        History.Add(record);
        at.EpochsDone++;
        (at.BatchesDone, at.LossSum, at.GradientNorm) = (0, 0, 0);
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
            Epoch = at.EpochsDone + 1,
            Step = StepsDone,
            LearningRate = at.LearningRate,
            GradientNorm = at.GradientNorm,
            TrainingLoss = at.LossSum / SamplesDone,
            ValidationLoss = validationLoss,
            Metrics = [.. metrics.Select(metric => metric.Value)],
            Seconds = Seconds(),
        };
    }

    private TrainingProgress Progress(EpochRecord? ended) =>
        ended is null
            ? new TrainingProgress(at.EpochsDone + 1, epochs, StepsDone, at.BatchesDone, batches.BatchesPerEpoch, at.LossSum / SamplesDone, null)
            : new TrainingProgress(ended.Epoch, epochs, ended.Step, batches.BatchesPerEpoch, batches.BatchesPerEpoch, ended.TrainingLoss, ended);

    private double Seconds() => at.Seconds + clock.Elapsed.TotalSeconds;

    private void Save() => checkpoints.Save(at with { Seconds = Seconds(), IsStopped = trainer.IsStopped });

    private double Value(EpochRecord record, string metric) =>
        metric == EarlyStopping.Loss ? record.ValidationLoss : record.Metrics[History.IndexOf(metric)];

    private bool HigherIsBetter(string metric) => metric != EarlyStopping.Loss && metrics[History.IndexOf(metric)].HigherIsBetter;

    private void CheckMetric(string name)
    {
        if (name != EarlyStopping.Loss)
            History.IndexOf(name);
    }
}
