namespace NeuralNet;

/// <summary>Something that looks on, or has its say, while a <see cref="Trainer{T}"/> trains. Implement what is wanted; the rest does nothing.</summary>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public interface ITrainingCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Numbers that the remaining run depends on, saved with each checkpoint; empty if there are none.</summary>
    IReadOnlyList<double> State => [];

    /// <summary>Takes back what <see cref="State"/> gave when the checkpoint was saved.</summary>
    /// <param name="state">The numbers.</param>
    void Restore(IReadOnlyList<double> state)
    {
    }

    /// <summary>Called in each step when the gradients are computed and nothing is updated yet.</summary>
    /// <param name="step">The step.</param>
    void BeforeUpdate(in TrainingStep<T> step)
    {
    }

    /// <summary>Called in place of <see cref="BeforeUpdate"/> when the loss is NaN or infinite: nothing was updated, and training ends with an exception.</summary>
    /// <param name="step">The step.</param>
    void StepFailed(in TrainingStep<T> step)
    {
    }

    /// <summary>Called in each step after the update.</summary>
    /// <param name="step">The step.</param>
    void AfterUpdate(in TrainingStep<T> step)
    {
    }

    /// <summary>Called at the end of each epoch, after validation; <see cref="Trainer{T}.Stop"/> makes it the last one.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="epoch">The epoch.</param>
    void EpochEnded(Trainer<T> trainer, EpochRecord epoch)
    {
    }
}
