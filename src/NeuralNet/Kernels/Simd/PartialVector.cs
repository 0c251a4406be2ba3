using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>A vector's first lanes, by way of the stack, for machines whose vectors have no masks.</summary>
internal static unsafe class PartialVector
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Load<V, T>(T* source, int count)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* lanes = stackalloc T[V.Width];
        for (int i = 0; i < V.Width; i++)
            lanes[i] = i < count ? source[i] : T.Zero;
        return V.Load(lanes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Store<V, T>(T* destination, V value, int count)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* lanes = stackalloc T[V.Width];
        V.Store(lanes, value);
        for (int i = 0; i < count; i++)
            destination[i] = lanes[i];
    }
}
