namespace NeuralNet;

/// <summary>Trains a network on a data set: epochs, validation, callbacks, early stopping, checkpoints.</summary>
/// <remarks>
/// <code>
/// var trainer = new Trainer&lt;float&gt;(network, new Adam(0.001)) { EarlyStopping = new EarlyStopping(patience: 5) };
/// History history = trainer.Fit(train, validation, epochs: 20, batchSize: 100);
/// </code>
/// It does what a loop of <see cref="Network{T}.Step"/> over <see cref="Batches{T}.Epoch"/> does, with the same bits.
/// With <see cref="Checkpoints"/> a run that was killed at any moment, started again with <see cref="Resumes"/> set, ends in the same weights and the same history,
/// clock times apart, as one that was not.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Trainer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private bool isUnderWay;

    /// <summary>Creates a trainer with an optimizer of its own.</summary>
    /// <param name="network">The network to train, with a loss layer.</param>
    /// <param name="rule">The rule, such as <c>new Adam(0.001)</c>.</param>
    public Trainer(Network<T> network, IOptimizerRule rule)
        : this(new Optimizer<T>(network, rule))
    {
    }

    /// <summary>Creates a trainer around an optimizer that has a schedule, transforms or more.</summary>
    /// <param name="optimizer">The optimizer of the network to train.</param>
    public Trainer(Optimizer<T> optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Optimizer = optimizer;
    }

    /// <summary>The optimizer.</summary>
    public Optimizer<T> Optimizer { get; }

    /// <summary>The network.</summary>
    public Network<T> Network => Optimizer.Network;

    /// <summary>What looks on, in the order in which it is called.</summary>
    public IReadOnlyList<ITrainingCallback<T>> Callbacks { get; init => field = value ?? throw new ArgumentNullException(nameof(Callbacks)); } = [];

    /// <summary>What is measured over the validation samples after each epoch, besides the loss; by default the accuracy where they have classes. No two of one name.</summary>
    public IReadOnlyList<IMetric>? Metrics { get; init; }

    /// <summary>When training ends before its last epoch; if left out it does not.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>The metric that a schedule such as <see cref="ReduceOnPlateau"/> observes after each epoch: <c>loss</c>, the default, or the name of a metric; <c>loss</c> is the training loss where there are no validation samples. Whether higher is better is the schedule's to know.</summary>
    public string ScheduleMetric { get; init; } = EarlyStopping.Loss;

    /// <summary>Where checkpoints are kept; if left out there are none.</summary>
    public ICheckpointStore? Checkpoints { get; init; }

    /// <summary>After how many steps a checkpoint is saved, at least 1; by default after each epoch. One is saved before the first step and one at the end in any case.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public int? CheckpointEverySteps { get; init => field = value is { } steps ? Guard.AtLeast(1, steps, nameof(CheckpointEverySteps)) : null; }

    /// <summary>Whether a run goes on from the newest checkpoint that is whole, if there is one. If not, <see cref="Checkpoints"/> must be empty, lest a new run overwrites an old one.</summary>
    public bool Resumes { get; init; }

    /// <summary>Why the last run ended; <see langword="null"/> before the first, while one is under way, and after one that ended in an exception.</summary>
    public TrainingEnd? End { get; private set; }

    /// <summary>The history of the last run, or of the one under way.</summary>
    public History History { get; private set; } = new([]);

    /// <summary>Whether <see cref="Stop"/> was called in this run, or in the one that it resumes.</summary>
    internal bool IsStopped { get; set; }

    /// <summary>Ends the run after the step or the epoch's end that is under way, for good: a run that goes on from its checkpoint is over at once. For callbacks.</summary>
    public void Stop() => IsStopped = true;

    /// <summary>Trains.</summary>
    /// <remarks>
    /// When the run ends in the middle of an epoch, the history ends with a record of the part that was done.
    /// With <see cref="EarlyStopping"/> the network ends with the weights of the best epoch, even if patience lasted, and even if the run ended in an exception: <see cref="History"/> tells how far it came.
    /// A second call goes on with the network and the optimizer as they are, but begins with epoch 1 again: the same order of samples, the same augmentation. Give it another seed, or ask for all epochs at once.
    /// </remarks>
    /// <param name="train">The samples to learn from; their weights count in the loss.</param>
    /// <param name="validation">Samples held out, on which the network is measured after each epoch; if left out there is no validation.</param>
    /// <param name="epochs">How many passes over the samples, at least 1.</param>
    /// <param name="batchSize">The number of samples in a step, at least 1.</param>
    /// <param name="steps">How many steps at most, at least 1; by default as many as the epochs have.</param>
    /// <param name="seed">What fixes the order of the samples; by default the network's seed.</param>
    /// <param name="progress">Is told after each step and each epoch.</param>
    /// <param name="cancellation">Ends the run after the step under way, with a checkpoint from which it can go on. It does not throw: <see cref="End"/> tells.</param>
    /// <returns>The history, that of the run which this one resumes included.</returns>
    /// <exception cref="ArgumentException">A data set does not fit the network, early stopping or the schedule watch a metric that there is not, or two metrics have one name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss layer; there are checkpoints and <see cref="Resumes"/> is not set; a run is under way; or a batch cannot be trained on, such as one of a single sample with BatchNormalization.</exception>
    /// <exception cref="InvalidDataException">The checkpoint belongs to another run, or every one is damaged.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written; those before it are still there.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is NaN or infinite, and the last update was that of the step before; or a weight is, when a checkpoint is due.</exception>
    public History Fit(
        IDataset<T> train,
        IDataset<T>? validation = null,
        int epochs = 1,
        int batchSize = 32,
        long? steps = null,
        long? seed = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        Network.CheckLoss();
        Guard.Dataset("training", Network, train);
        if (validation is not null)
            Guard.Dataset("validation", Network, validation);
        Guard.AtLeast(1, epochs, nameof(epochs));
        Guard.InRange(steps ?? 1, steps is null or >= 1, "at least 1", nameof(steps));

        if (Checkpoints is null && (Resumes || CheckpointEverySteps is not null))
            throw new InvalidOperationException($"{(Resumes ? nameof(Resumes) : nameof(CheckpointEverySteps))} is set, but there is no place for checkpoints: set Checkpoints, such as new CheckpointDirectory(path).");

        if (isUnderWay)
            throw new InvalidOperationException("Fit was called while it is under way, perhaps by a callback: expected one run of a trainer at a time.");

        isUnderWay = true;
        try
        {
            (IsStopped, End) = (false, null);
            var run = new TrainingRun<T>(this, new Batches<T>(train, batchSize, seed ?? Network.Seed), validation, epochs, steps ?? long.MaxValue, progress);
            History = run.History;
            End = run.Go(cancellation);
            return History;
        }
        finally
        {
            isUnderWay = false;
        }
    }
}
