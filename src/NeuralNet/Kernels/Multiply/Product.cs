using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>A product on the widest vectors of the machine.</summary>
internal static unsafe class Product
{
    /// <summary>On as many threads as are worth it.</summary>
    public static void Run<T>(in ProductBlock<T> product)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(product, onThisThread: false);

    /// <summary>On this thread, as a part of a product that threads share.</summary>
    public static void RunHere<T>(in ProductBlock<T> product)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(product, onThisThread: true);

    private static void Run<T>(in ProductBlock<T> product, bool onThisThread)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated)
            Run<T, Simd512<T>>(product, onThisThread);
        else if (Vector256.IsHardwareAccelerated)
            Run<T, Simd256<T>>(product, onThisThread);
        else if (Vector128.IsHardwareAccelerated)
            Run<T, Simd128<T>>(product, onThisThread);
        else
            Run<T, Scalar<T>>(product, onThisThread);
    }

    private static void Run<T, V>(in ProductBlock<T> product, bool onThisThread)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
    {
        if (onThisThread)
            BlockedProduct<T, V>.RunBlocks(product);
        else if (product.Rows <= RowProduct<T, V>.MostRows(product.B, product.Columns))
            RowProduct<T, V>.Run(product);
        else
            BlockedProduct<T, V>.Run(product);
    }
}
