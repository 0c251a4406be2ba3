namespace NeuralNet;

/// <summary>Where a training run stands: the numbers of a <see cref="Checkpoint{T}"/> that are not tensors.</summary>
/// <remarks>Whatever a run draws at random is a pure function of its seeds, epoch and step, so these numbers are all the generators' state.</remarks>
public sealed record TrainingState
{
    /// <summary>The network's seed.</summary>
    public required long NetworkSeed { get; init; }

    /// <summary>What fixes the order of the samples in each epoch.</summary>
    public required long DataSeed { get; init; }

    /// <summary>The number of samples to learn from.</summary>
    public required int Samples { get; init; }

    /// <summary>The number of samples in a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The number of samples held out; 0 without any.</summary>
    public required int ValidationSamples { get; init; }

    /// <summary>The name of the optimizer's rule.</summary>
    public required string Rule { get; init; }

    /// <summary>The number of whole epochs done, validation included.</summary>
    public required int EpochsDone { get; init; }

    /// <summary>The number of batches done in the epoch under way.</summary>
    public required int BatchesDone { get; init; }

    /// <summary>The sum over the samples of the epoch under way of the losses that the steps gave.</summary>
    public required double LossSum { get; init; }

    /// <summary>The learning rate of the last update.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The norm of the gradients of the epoch's last batch, once that is done; else 0.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>The seconds that the steps of the run took so far.</summary>
    public required double Seconds { get; init; }

    /// <summary>Whether a callback has ended the run.</summary>
    public required bool IsStopped { get; init; }

    /// <summary>The network's <see cref="Network{T}.StepNumber"/>.</summary>
    public required long NetworkStep { get; init; }

    /// <summary>The optimizer's <see cref="Optimizer{T}.StepNumber"/>.</summary>
    public required long OptimizerStep { get; init; }

    /// <summary>The optimizer's <see cref="Optimizer{T}.AccumulatedSteps"/>.</summary>
    public required int AccumulatedSteps { get; init; }

    /// <summary>The <see cref="ISchedule.State"/> of the optimizer's schedule.</summary>
    public required IReadOnlyList<double> Schedule { get; init; }

    /// <summary>The optimizer's <see cref="Optimizer{T}.SkippedUpdates"/> of the parameters that have any, by name.</summary>
    public IReadOnlyDictionary<string, long> SkippedUpdates { get => field ?? new Dictionary<string, long>(); init; }

    /// <summary>The names of the parameters that are not <see cref="Parameter{T}.Trainable"/>.</summary>
    public required IReadOnlyList<string> Frozen { get; init; }

    /// <summary>The <see cref="ITrainingCallback{T}.State"/> of each callback.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Callbacks { get; init; }

    /// <summary>The number of the epoch with the best value, from 1; 0 before the first.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>The best value so far of what early stopping watches; 0 before the first.</summary>
    public required double BestValue { get; init; }

    /// <summary>What early stopping watches; empty without it.</summary>
    public required string WatchedMetric { get; init; }

    /// <summary>What the schedule is told.</summary>
    public required string ScheduleMetric { get; init; }

    /// <summary>The names of the metrics in <see cref="History"/>.</summary>
    public required IReadOnlyList<string> MetricNames { get; init; }

    /// <summary>The epochs done.</summary>
    public required IReadOnlyList<EpochRecord> History { get; init; }
}
