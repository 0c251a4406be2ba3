using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// Memory for the intermediate results of kernel calls: each thread's own, grown to the largest wanted and kept. It begins at a cache line, because a vector of 512 bits
/// that lies across two lines costs two accesses, which takes a quarter of the speed of a product.
/// </summary>
internal sealed unsafe class Workspace<T>
    where T : unmanaged
{
    private const int LineBytes = 64;

    [ThreadStatic]
    private static Workspace<T>? shared;

    [ThreadStatic]
    private static Workspace<T>? own;

    // Pinned for its whole life, so that its address can be handed to other threads.
    private T[] memory = [];

    /// <summary>What a call that runs regions prepares for all threads of the region.</summary>
    public static Workspace<T> Shared => shared ??= new Workspace<T>();

    /// <summary>What a unit of a region uses for itself.</summary>
    public static Workspace<T> Own => own ??= new Workspace<T>();

    /// <summary>Memory with any contents, until the next call on the same workspace.</summary>
    public T* Of(int length)
    {
        int padded = length + (LineBytes / sizeof(T));
        if (memory.Length < padded)
            memory = GC.AllocateUninitializedArray<T>(padded, pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref memory[0]);
        return (T*)((address + LineBytes - 1) & ~(nint)(LineBytes - 1));
    }
}
