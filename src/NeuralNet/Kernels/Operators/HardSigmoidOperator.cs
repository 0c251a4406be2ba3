using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>min(max(x + 3, 0), 6) / 6; slope 1/6 between, else 0. NaN stays NaN.</summary>
internal readonly struct HardSigmoidOperator<T> : IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool SlopeReadsOutput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x)
        where V : struct, ISimd<V, T>
    {
        V three = Constant<V, T>.Of(3), zero = Constant<V, T>.Of(0);
        V between = (x + three) * Constant<V, T>.Of(1.0 / 6);
        return V.Select(V.LessThanOrEqual(x, -three), zero, V.Select(V.LessThanOrEqual(three, x), Constant<V, T>.Of(1), between));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy)
        where V : struct, ISimd<V, T>
    {
        V three = Constant<V, T>.Of(3), zero = Constant<V, T>.Of(0);
        return V.Select(V.LessThanOrEqual(x, -three), zero, V.Select(V.LessThanOrEqual(three, x), zero, dy * Constant<V, T>.Of(1.0 / 6)));
    }
}
