namespace NeuralNet;

/// <summary>A place where the checkpoints of one run are kept, such as a <see cref="CheckpointDirectory"/>.</summary>
public interface ICheckpointStore
{
    /// <summary>Whether there is anything to resume from, damaged or not.</summary>
    bool IsEmpty { get; }

    /// <summary>Keeps a checkpoint. If that fails, those before it are still there.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="checkpoint">The checkpoint; its tensors change once this returns.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    void Save<T>(Checkpoint<T> checkpoint)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Reads the newest checkpoint that is whole.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <returns>The checkpoint, or <see langword="null"/> if there is none yet.</returns>
    /// <exception cref="InvalidDataException">There are checkpoints, and every one is damaged.</exception>
    Checkpoint<T>? Load<T>()
        where T : unmanaged, IFloatingPointIeee754<T>;
}
