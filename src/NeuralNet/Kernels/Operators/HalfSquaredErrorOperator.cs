using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>½·(x - t)²; slope x - t.</summary>
internal readonly struct HalfSquaredErrorOperator<T> : ILossOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Loss<V>(V x, V t)
        where V : struct, ISimd<V, T> => T.CreateTruncating(0.5) * (x - t) * (x - t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V x, V t)
        where V : struct, ISimd<V, T> => x - t;
}
