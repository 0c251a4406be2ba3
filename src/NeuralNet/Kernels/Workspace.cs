using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// Memory for the intermediate results of kernel calls: each thread's own, grown to the largest wanted and kept.
/// </summary>
/// <remarks>
/// It begins at a cache line: a vector of 512 bits that lies across two lines costs two accesses. And it ends far from anything else: processors fetch ahead of what a
/// loop writes, tens of kilobytes, so that two threads whose memory lies side by side take each other's lines away; packing took three times as long.
/// </remarks>
internal static unsafe class Workspace<T>
    where T : unmanaged
{
    private const int LineBytes = 64, GapBytes = 64 * 1024;

    // Pinned for their whole lives: kernels hold their addresses.
    [ThreadStatic]
    private static T[]? own;

    [ThreadStatic]
    private static T[]? shared;

    /// <summary>The numbers of a line of the cache.</summary>
    public static int Line => LineBytes / sizeof(T);

    /// <summary>Memory with any contents, until the thread's next call.</summary>
    public static T* Of(int length) => Aligned(ref own, length);

    /// <summary>Memory with any contents that a caller of parallel work shares with the threads that do it, until its next call. Its own is another.</summary>
    public static T* Shared(int length) => Aligned(ref shared, length);

    private static T* Aligned(ref T[]? memory, int length)
    {
        int padded = checked(length + ((LineBytes + GapBytes) / sizeof(T)));
        if (memory is null || memory.Length < padded)
            memory = GC.AllocateUninitializedArray<T>(padded, pinned: true);
        return FirstLine(memory);
    }

    /// <summary>The first line of the cache that begins in pinned memory.</summary>
    public static T* FirstLine(T[] memory) => (T*)(((nint)Unsafe.AsPointer(ref memory[0]) + LineBytes - 1) & ~(nint)(LineBytes - 1));
}
