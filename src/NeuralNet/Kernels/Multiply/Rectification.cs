namespace NeuralNet.Kernels;

/// <summary>The Relu of a product, where it lies.</summary>
internal static unsafe class Rectification<T, V>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : struct, ISimd<V, T>
{
    public static void Of(T* values, int length)
    {
        int i = 0;
        for (; i <= length - V.Width; i += V.Width)
            V.Store(values + i, V.Rectify(V.Load(values + i)));
        if (i < length)
            V.StoreFirst(values + i, V.Rectify(V.LoadFirst(values + i, length - i)), length - i);
    }
}
