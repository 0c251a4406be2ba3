using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>c = bias + a·b, on the widest vectors of the machine.</summary>
internal static unsafe class Product
{
    /// <summary>The bias is empty for none.</summary>
    public static void Run<T>(Operand<T> a, Operand<T> b, int depth, ReadOnlySpan<T> bias, T* c, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated)
            Run<T, Simd512<T>>(a, b, depth, bias, c, rows, columns);
        else if (Vector256.IsHardwareAccelerated)
            Run<T, Simd256<T>>(a, b, depth, bias, c, rows, columns);
        else if (Vector128.IsHardwareAccelerated)
            Run<T, Simd128<T>>(a, b, depth, bias, c, rows, columns);
        else
            Run<T, Scalar<T>>(a, b, depth, bias, c, rows, columns);
    }

    private static void Run<T, V>(Operand<T> a, Operand<T> b, int depth, ReadOnlySpan<T> bias, T* c, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
    {
        fixed (T* start = bias)
        {
            if (rows <= RowProduct<T, V>.MostRows(b, columns))
                RowProduct<T, V>.Run(a, b, depth, start, c, rows, columns);
            else
                BlockedProduct<T, V>.Run(a, b, depth, start, c, rows, columns);
        }
    }
}
