using MathNet.Numerics;

namespace NeuralNet.Kernels;

/// <summary>How many threads kernels may use: what the network that calls sets for its calls, else MathNet's process-wide setting.</summary>
internal static class ThreadLimit
{
    /// <summary>The most units of a thread where work is cut, and from how many times what is worth a thread each is worth it.</summary>
    private const int MostUnitsOfThread = 8, WorthAUnit = 4;

    [ThreadStatic]
    private static int entered;

    public static int Current => entered == 0 ? Control.MaxDegreeOfParallelism : entered;

    /// <summary>How many threads work is worth, at least one.</summary>
    /// <param name="work">How much there is to do.</param>
    /// <param name="worthAThread">How much of it is worth a thread.</param>
    public static int For(long work, long worthAThread) => (int)Math.Clamp(work / worthAThread, 1, Current);

    /// <summary>Into how many units to cut work that can be cut anywhere: for each thread as many, several where they are long, so that a thread that is interrupted leaves some of its share to the others.</summary>
    /// <returns>The threads that are worth it, and the units: a multiple of them.</returns>
    public static (int Threads, int Units) Cut(long work, long worthAThread)
    {
        int threads = For(work, worthAThread);
        return (threads, threads == 1 ? 1 : threads * (int)Math.Clamp(work / worthAThread / threads / WorthAUnit, 1, MostUnitsOfThread));
    }

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
