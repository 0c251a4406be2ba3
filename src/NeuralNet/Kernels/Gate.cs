using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// Functions x·g(x) whose gate g rises from 0 to 1 with g(x) + g(-x) = 1. With t = |x| and u(t) = t·g(-t) they are max(x, 0) - u(t), with slope u'(t) below 0 and
/// 1 - u'(t) above: only the small tail is computed, so nothing cancels on either side.
/// </summary>
internal static class Gate
{
    /// <summary>|x|, no larger than the bound from which on the tail is 0; so infinities do not meet that 0. NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Size<V, T>(V x, V bound)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        V size = V.Abs(x);
        return V.Select(V.LessThan(bound, size), bound, size);
    }

    /// <summary>max(x, 0) - u.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V x, V tail)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        V zero = Constant<V, T>.Of(0);
        return V.Select(V.LessThan(x, zero), zero, x) - tail;
    }

    /// <summary>u' below 0, else 1 - u'.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Slope<V, T>(V x, V tailSlope)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T> => V.Select(V.LessThan(x, Constant<V, T>.Of(0)), tailSlope, Constant<V, T>.Of(1) - tailSlope);
}
