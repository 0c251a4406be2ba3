using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>c += a·b, in blocks that stay in the caches, over threads.</summary>
internal static class Product
{
    /// <summary>Chooses the widest vectors of the machine, and lays their lanes along the longer side of a single row.</summary>
    public static unsafe void Add<T>(Operand<T> a, Operand<T> b, int depth, T* c, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // A single row is in memory what a single column is: the product of the transposes has the same sums in the same order.
        if (rows == 1)
            (a, b, rows, columns) = (b, a, columns, 1);

        if (Vector512.IsHardwareAccelerated)
            BlockedProduct<T, Simd512<T>>.Add(a, b, depth, c, rows, columns);
        else if (Vector256.IsHardwareAccelerated)
            BlockedProduct<T, Simd256<T>>.Add(a, b, depth, c, rows, columns);
        else if (Vector128.IsHardwareAccelerated)
            BlockedProduct<T, Simd128<T>>.Add(a, b, depth, c, rows, columns);
        else
            BlockedProduct<T, Scalar<T>>.Add(a, b, depth, c, rows, columns);
    }
}
