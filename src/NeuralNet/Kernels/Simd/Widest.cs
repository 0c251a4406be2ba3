using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>Something that is done with vectors, whatever their width: the result's bits do not depend on it.</summary>
internal interface IOnVectors<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    void Run<V>()
        where V : struct, ISimd<V, T>;
}

/// <summary>Chooses the width of vectors.</summary>
internal static class Widest
{
    /// <summary>The machine's widest vectors.</summary>
    public static void Run<T, TWork>(in TWork work)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TWork : struct, IOnVectors<T> => Run<T, TWork>(nint.MaxValue, work);

    /// <summary>The widest vectors that so many numbers fill: a shorter run is left to narrower vectors.</summary>
    public static void Run<T, TWork>(nint numbers, in TWork work)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TWork : struct, IOnVectors<T>
    {
        if (Vector512.IsHardwareAccelerated && numbers >= Vector512<T>.Count)
            work.Run<Simd512<T>>();
        else if (Vector256.IsHardwareAccelerated && numbers >= Vector256<T>.Count)
            work.Run<Simd256<T>>();
        else if (Vector128.IsHardwareAccelerated && numbers >= Vector128<T>.Count)
            work.Run<Simd128<T>>();
        else
            work.Run<Scalar<T>>();
    }

    /// <summary>The widest vectors that are less than twice as wide as so many numbers: the last may reach past them, by fewer than there are.</summary>
    public static void RunWhole<T, TWork>(nint numbers, in TWork work)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TWork : struct, IOnVectors<T> => Run<T, TWork>((2 * numbers) - 1, work);
}
