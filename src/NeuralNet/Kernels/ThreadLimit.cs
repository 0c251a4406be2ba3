using MathNet.Numerics;

namespace NeuralNet.Kernels;

/// <summary>How many threads kernels may use: what the network that calls sets for its calls, else MathNet's process-wide setting.</summary>
internal static class ThreadLimit
{
    [ThreadStatic]
    private static int entered;

    public static int Default => Control.MaxDegreeOfParallelism;

    public static int Current => entered == 0 ? Default : entered;

    /// <summary>Sets the limit for the calls that this thread makes until the scope is disposed.</summary>
    public static Scope Enter(int limit)
    {
        var scope = new Scope(entered);
        entered = Math.Min(limit, WorkerPool.MostThreads);
        return scope;
    }

    public readonly ref struct Scope(int outer)
    {
        public void Dispose() => entered = outer;
    }
}
