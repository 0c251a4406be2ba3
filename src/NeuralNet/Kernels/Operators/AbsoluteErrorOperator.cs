using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>|x - t|; slope the sign of x - t: 0 where they are equal, and NaN where NaN is.</summary>
internal readonly struct AbsoluteErrorOperator<T> : ILossOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Loss<V>(V x, V t)
        where V : struct, ISimd<V, T> => V.Abs(x - t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V x, V t)
        where V : struct, ISimd<V, T> => Piecewise.Sign<V, T>(x - t);
}
