namespace NeuralNet;

/// <summary>A way to read the next batch while this one is used.</summary>
internal interface IReadAhead<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Begins to read a batch; data set, indices and memory belong to it until <see cref="End"/> or <see cref="Forget"/>.</summary>
    void Begin(BatchMemory<T> memory, IDataset<T> dataset, int number, ReadOnlyMemory<int> indices);

    /// <summary>The batch, read as far as it was not yet; throws what reading it threw.</summary>
    Batch<T> End();

    /// <summary>Reads no further; nobody reads from the data set or the indices when this returns.</summary>
    void Forget();
}
