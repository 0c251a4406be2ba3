using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Work in independent units that is more than a kernel: it may hold references and spans, and may fail.</summary>
internal interface IUnitWork
{
    /// <summary>Does one unit, on any thread.</summary>
    void Do(int unit);
}

/// <summary>Runs units of work on the threads of <see cref="WorkerPool"/>. What a unit computes itself it computes on one thread.</summary>
internal static unsafe class ParallelUnits
{
    /// <summary>Does the units from 0 to <paramref name="count"/> - 1 on up to <paramref name="threads"/> threads, and throws what one of them threw when all are done.</summary>
    public static void Run<TWork>(int threads, int count, TWork work)
        where TWork : struct, IUnitWork, allows ref struct
    {
        // Stays where it is, on this thread's stack, until all units are done.
        WorkerPool.Run(threads, count, &Do<TWork>, Unsafe.AsPointer(ref work));
    }

    private static void Do<TWork>(void* context, int unit)
        where TWork : struct, IUnitWork, allows ref struct
    {
        using ThreadLimit.Scope limit = ThreadLimit.Enter(1);
        Unsafe.AsRef<TWork>(context).Do(unit);
    }
}
