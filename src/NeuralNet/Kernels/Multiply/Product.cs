namespace NeuralNet.Kernels;

/// <summary>A product on the widest vectors of the machine.</summary>
internal static class Product
{
    /// <summary>On as many threads as are worth it.</summary>
    public static void Run<T>(in ProductBlock<T> product)
        where T : unmanaged, IFloatingPointIeee754<T> => Widest.Run<T, OnThreads<T>>(new(product));

    /// <summary>On this thread, as a part of a product that threads share.</summary>
    public static void RunHere<T>(in ProductBlock<T> product)
        where T : unmanaged, IFloatingPointIeee754<T> => Widest.Run<T, OnThisThread<T>>(new(product));

    private readonly struct OnThreads<T>(ProductBlock<T> product) : IOnVectors<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run<V>()
            where V : struct, ISimd<V, T>
        {
            if (product.Rows <= RowProduct<T, V>.MostRows(product.B, product.Columns))
                RowProduct<T, V>.Run(product);
            else
                BlockedProduct<T, V>.Run(product);
        }
    }

    private readonly struct OnThisThread<T>(ProductBlock<T> product) : IOnVectors<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run<V>()
            where V : struct, ISimd<V, T> => BlockedProduct<T, V>.RunBlocks(product);
    }
}
