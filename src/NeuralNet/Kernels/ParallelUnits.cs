using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

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
    /// <summary>Does the units from 0 to <paramref name="count"/> - 1 on up to <paramref name="threads"/> threads, and throws what the first of them that failed threw.</summary>
    public static void Run<TWork>(int threads, int count, TWork work)
        where TWork : struct, IUnitWork, allows ref struct
    {
        // Stays where it is, on this thread's stack, until all units are done.
        var region = new Region<TWork> { Work = work };
        WorkerPool.Run(threads, count, &Do<TWork>, Unsafe.AsPointer(ref region));
        region.Failure?.Throw();
    }

    private static void Do<TWork>(void* context, int unit)
        where TWork : struct, IUnitWork, allows ref struct
    {
        ref Region<TWork> region = ref Unsafe.AsRef<Region<TWork>>(context);
        using ThreadLimit.Scope limit = ThreadLimit.Enter(1);
        try
        {
            region.Work.Do(unit);
        }
        catch (Exception e)
        {
            // An exception that leaves a worker's thread ends the process.
            region.Failure ??= ExceptionDispatchInfo.Capture(e);
        }
    }

    private ref struct Region<TWork>
        where TWork : struct, IUnitWork, allows ref struct
    {
        public TWork Work;
        public ExceptionDispatchInfo? Failure;
    }
}
