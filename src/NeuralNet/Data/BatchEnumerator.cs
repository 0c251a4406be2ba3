namespace NeuralNet;

/// <summary>One pass over a data set, batch by batch, for <see langword="foreach"/>.</summary>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public struct BatchEnumerator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Batches<T> batches;
    private readonly long pass;
    private int next;

    internal BatchEnumerator(Batches<T> batches, long pass, int firstBatch) => (this.batches, this.pass, next) = (batches, pass, firstBatch);

    /// <summary>The batch; valid until the next <see cref="MoveNext"/>.</summary>
    public Batch<T> Current { get; private set; }

    /// <summary>The pass itself.</summary>
    /// <returns>A copy that stands where this one stands.</returns>
    public readonly BatchEnumerator<T> GetEnumerator() => this;

    /// <summary>Copies the next batch into the matrices.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidOperationException">Another pass over the same <see cref="Batches{T}"/> has begun.</exception>
    public bool MoveNext()
    {
        batches.CheckPass(pass);
        if (next == batches.BatchesPerEpoch)
            return false;
        Current = batches.Read(next++);
        return true;
    }
}
