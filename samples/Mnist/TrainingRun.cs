namespace NeuralNet.Samples.Mnist;

/// <summary>The training: what the command line asks for, told to a trainer.</summary>
internal sealed class TrainingRun(Settings settings, Digits digits, Network<float> network)
{
    private TrainingEnd? end;

    public Network<float> Network => network;

    public History History { get; private set; } = new([]);

    public double Seconds => History.Epochs.Count == 0 ? 0 : History.Epochs[^1].Seconds;

    /// <summary>How many steps the run did.</summary>
    public long Steps { get; private set; }

    /// <summary>How many samples a second of training took in; 0 before the first step.</summary>
    public double SamplesPerSecond { get; private set; }

    /// <summary>What is to be said of how the run ended; nothing if all its epochs were done.</summary>
    public string? EndText => end switch
    {
        TrainingEnd.Cancelled => $"Stopped after step {network.StepNumber}.",
        TrainingEnd.EarlyStopped => $"Stopped early: the held-out loss did not fall for {settings.EarlyStopping} epochs. The weights are those of the best one.",
        _ => null,
    };

    public void Train(CancellationToken stop)
    {
        using var progress = new ProgressBar();
        CheckpointDirectory? checkpoints = settings.Checkpoint is null ? null : new CheckpointDirectory(settings.Checkpoint);
        if (checkpoints is { IsEmpty: false } && !settings.Resumes)
            throw new IOException($"--checkpoint {settings.Checkpoint} holds the checkpoints of an earlier run: go on with it by --resume, or choose another directory.");
        if (checkpoints?.Load<float>() is { } checkpoint)
        {
            foreach (DamagedCheckpoint damaged in checkpoints.Damaged)
                Console.WriteLine($"Refused: {damaged.Reason}");
            Console.WriteLine($"Goes on after step {checkpoint.State.NetworkStep}.");
        }

        IDataset<float> train = settings.Augments ? digits.Augmented(settings.Seed) : digits.Train;
        int stepsPerEpoch = ((train.Count - 1) / settings.BatchSize) + 1;
        long steps = settings.Steps ?? (long)stepsPerEpoch * settings.Epochs;
        var trainer = new Trainer<float>(settings.BuildOptimizer(network, steps))
        {
            EarlyStopping = settings.EarlyStopping is { } patience ? new EarlyStopping(patience) : null,
            Checkpoints = checkpoints,
            CheckpointEverySteps = settings.CheckpointEvery,
            Resumes = settings.Resumes,
        };
        int epochs = (int)Math.Min(int.MaxValue, ((steps - 1) / stepsPerEpoch) + 1);
        long before = network.StepNumber;
        History = trainer.Fit(train, digits.HeldOut, epochs, settings.BatchSize, steps, settings.Seed, progress, stop);
        end = trainer.End;
        Steps = network.StepNumber - before;
        SamplesPerSecond = Seconds > 0 ? History.Epochs.Sum(Samples) / Seconds : 0;

        // Those of all steps, of which an epoch's last may have fewer.
        long Samples(EpochRecord epoch) => Math.Min(train.Count, (epoch.Step - ((epoch.Epoch - 1L) * stepsPerEpoch)) * settings.BatchSize);
    }
}
