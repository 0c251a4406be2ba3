using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>
/// Drives a sweep over all places with the widest vectors that the machine has; what fills no such vector is done with the next narrower, at last one by one.
/// Long sweeps are split over threads.
/// </summary>
/// <remarks>A place is done in the same way by every width and on every thread, so it does not matter to the bits which one does it.</remarks>
internal static unsafe class Sweep
{
    /// <summary>The fewest numbers that are worth a thread: shorter sweeps take less time than fetching what the other thread has written.</summary>
    private const int WorthAThread = 8 * 1024;

    /// <summary>Units begin at a multiple of so many places, so that no two threads write into one cache line of an array that begins with one.</summary>
    private const int Step = 16;

    /// <summary>Whether so many numbers are worth more than one thread.</summary>
    public static bool IsLong(long length) => length >= 2 * WorthAThread;

    /// <summary>Does all places, each of which stands for so many numbers: one, or a row of a matrix.</summary>
    public static void Over<T, TSweep>(int length, TSweep sweep, int placeLength = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TSweep : unmanaged, ISweep<T>
    {
        (int threads, int units) = ThreadLimit.Cut((long)length * placeLength, WorthAThread);
        int steps = length / Step;
        threads = Math.Min(threads, steps);
        if (threads < 2)
        {
            Part<T, TSweep>(0, length, sweep);
            return;
        }

        int unitsOfThread = Math.Min(units, steps) / threads;
        units = threads * unitsOfThread;
        int* starts = stackalloc int[units + 1];
        ThreadShares.Cut(steps, threads, unitsOfThread, starts);
        var region = new Region<TSweep> { Sweep = sweep, Length = length, Units = units, StartSteps = starts };
        WorkerPool.Run(threads, units, &Unit<T, TSweep>, &region);
    }

    private static void Unit<T, TSweep>(void* context, int unit)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TSweep : unmanaged, ISweep<T>
    {
        ref Region<TSweep> region = ref *(Region<TSweep>*)context;
        Part<T, TSweep>(region.Start(unit), region.Start(unit + 1), region.Sweep);
    }

    private static void Part<T, TSweep>(int start, int end, TSweep sweep)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TSweep : unmanaged, ISweep<T>
    {
        int done = start;
        if (Vector512.IsHardwareAccelerated && end - done >= Vector512<T>.Count)
            done = Whole<T, Simd512<T>, TSweep>(done, end, sweep);
        if (Vector256.IsHardwareAccelerated && end - done >= Vector256<T>.Count)
            done = Whole<T, Simd256<T>, TSweep>(done, end, sweep);
        if (Vector128.IsHardwareAccelerated && end - done >= Vector128<T>.Count)
            done = Whole<T, Simd128<T>, TSweep>(done, end, sweep);
        if (done < end)
            Whole<T, Scalar<T>, TSweep>(done, end, sweep);
    }

    // As many whole vectors as there are from a place on; returns the place after them. Its own method, so that only the widths that are met get compiled; compiled well at
    // once, because first steps in unoptimised code would take many times as long.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static int Whole<T, V, TSweep>(int start, int end, TSweep sweep)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
        where TSweep : unmanaged, ISweep<T>
    {
        int i = start;
        for (; i <= end - V.Width; i += V.Width)
            sweep.At<V>(i);
        return i;
    }

    private struct Region<TSweep>
        where TSweep : unmanaged
    {
        public TSweep Sweep;
        public int Length;
        public int Units;
        public int* StartSteps;

        public readonly int Start(int unit) => unit == Units ? Length : StartSteps[unit] * Step;
    }
}
