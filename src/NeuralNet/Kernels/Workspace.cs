namespace NeuralNet.Kernels;

/// <summary>Memory for intermediate results of one kernel call: each thread's own, grown to the largest wanted and kept.</summary>
internal static class Workspace<T>
    where T : unmanaged
{
    [ThreadStatic]
    private static T[]? memory;

    /// <summary>Memory with any contents, until the next call on this thread.</summary>
    public static Span<T> Of(int length)
    {
        if (memory is null || memory.Length < length)
            memory = new T[length];
        return memory.AsSpan(0, length);
    }
}
