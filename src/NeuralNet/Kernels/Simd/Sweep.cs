using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>Drives a sweep over all places with the widest vectors that the machine has; what fills no such vector is done with the next narrower, at last one by one.</summary>
/// <remarks>A place is done in the same way by every width, so it does not matter to the bits which one does it.</remarks>
internal static class Sweep
{
    public static void Over<T, TSweep>(int length, TSweep sweep)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TSweep : struct, ISweep<T>
    {
        int done = 0;
        if (Vector512.IsHardwareAccelerated && length - done >= Vector512<T>.Count)
            done = Whole<T, Simd512<T>, TSweep>(done, length, sweep);
        if (Vector256.IsHardwareAccelerated && length - done >= Vector256<T>.Count)
            done = Whole<T, Simd256<T>, TSweep>(done, length, sweep);
        if (Vector128.IsHardwareAccelerated && length - done >= Vector128<T>.Count)
            done = Whole<T, Simd128<T>, TSweep>(done, length, sweep);
        if (done < length)
            Whole<T, Scalar<T>, TSweep>(done, length, sweep);
    }

    // As many whole vectors as there are from a place on; returns the place after them. Its own method, so that only the widths that are met get compiled.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Whole<T, V, TSweep>(int start, int length, TSweep sweep)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
        where TSweep : struct, ISweep<T>
    {
        int i = start;
        for (; i <= length - V.Width; i += V.Width)
            sweep.At<V>(i);
        return i;
    }
}
