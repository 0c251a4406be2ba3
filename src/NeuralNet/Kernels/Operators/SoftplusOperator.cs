using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>log(1 + e^(βx)) / β = max(x, 0) + log(1 + e^-β|x|) / β, and x where βx is above the threshold; slopes σ(βx) and 1.</summary>
internal readonly struct SoftplusOperator<T>(T beta, T threshold) : IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool SlopeReadsOutput => false;

    private readonly T inverse = T.One / beta;

    // Where e^-β|x| is 0.
    private readonly T bound = T.CreateTruncating(typeof(T) == typeof(float) ? 104 : 746) / beta;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x)
        where V : struct, ISimd<V, T>
    {
        V zero = Constant<V, T>.Of(0);
        V y = V.Select(V.LessThan(x, zero), zero, x) + (inverse * Elementary.LogP1<V, T>(Power(x)));
        return V.Select(IsAbove(x), x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy)
        where V : struct, ISimd<V, T>
    {
        V power = Power(x), one = Constant<V, T>.Of(1);
        V share = V.Select(V.LessThan(x, Constant<V, T>.Of(0)), power, one) / (one + power);
        return V.Select(IsAbove(x), dy, dy * share);
    }

    // e^-β|x|, with what the product leaves out.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Power<V>(V x)
        where V : struct, ISimd<V, T>
    {
        V t = Gate.Size<V, T>(x, V.Broadcast(bound)), product = beta * t, lost = V.Fma(V.Broadcast(beta), t, -product);
        V power = Elementary.Exp<V, T>(-product);
        return V.Fma(power, -lost, power);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V IsAbove<V>(V x)
        where V : struct, ISimd<V, T> => V.LessThan(V.Broadcast(threshold), beta * x);
}
