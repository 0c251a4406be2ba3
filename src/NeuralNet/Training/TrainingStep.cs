namespace NeuralNet;

/// <summary>A training step in progress, as callbacks see it.</summary>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public readonly ref struct TrainingStep<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal TrainingStep(Trainer<T> trainer, int epoch, long number, Batch<T> batch, double loss) => (Trainer, Epoch, Number, Batch, Loss) = (trainer, epoch, number, batch, loss);

    /// <summary>The trainer, with the network and the optimizer.</summary>
    public Trainer<T> Trainer { get; }

    /// <summary>The number of the epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>The number of the step in the run, from 1.</summary>
    public long Number { get; }

    /// <summary>The samples of the step.</summary>
    public Batch<T> Batch { get; }

    /// <summary>The loss over them, before the update; NaN or infinite in a step that failed.</summary>
    public double Loss { get; }
}
