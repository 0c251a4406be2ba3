using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>min(max(x, 0), 6); slope 1 between, else 0. NaN stays NaN.</summary>
internal readonly struct Relu6Operator<T> : IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool SlopeReadsOutput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x)
        where V : struct, ISimd<V, T> => Piecewise.Clamp<V, T>(x, Constant<V, T>.Of(0), Constant<V, T>.Of(6));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy)
        where V : struct, ISimd<V, T>
    {
        V zero = Constant<V, T>.Of(0);
        return V.Select(V.LessThanOrEqual(x, zero), zero, V.Select(V.LessThanOrEqual(Constant<V, T>.Of(6), x), zero, dy));
    }
}
