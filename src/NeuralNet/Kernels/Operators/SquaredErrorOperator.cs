using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>(x - t)²; slope 2·(x - t).</summary>
internal readonly struct SquaredErrorOperator<T> : ILossOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Loss<V>(V x, V t)
        where V : struct, ISimd<V, T> => (x - t) * (x - t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V x, V t)
        where V : struct, ISimd<V, T> => (x - t) + (x - t);
}
