namespace NeuralNet.Kernels;

/// <summary>Weights in the order in which a product reads them, made once for weights that change no more.</summary>
internal sealed unsafe class PackedWeights<T>
    where T : unmanaged
{
    // Pinned for its whole life: products hold its address.
    private readonly T[] memory;

    /// <param name="length">How many numbers, all 0 at first; a vector of more may be read.</param>
    public PackedWeights(int length)
    {
        memory = GC.AllocateArray<T>(checked(length + (2 * Workspace<T>.Line)), pinned: true);
        Values = Workspace<T>.FirstLine(memory);
    }

    /// <summary>The first number, which begins a line of the cache.</summary>
    public T* Values { get; }
}
