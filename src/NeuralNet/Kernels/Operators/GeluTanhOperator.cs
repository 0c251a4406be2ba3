using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>½·x·(1 + tanh(½w)) = x·σ(w), w = 2·√(2/π)·(x + 0.044715·x³); slope σ(w) + x·w'·σ(w)·σ(-w). As a <see cref="Gate"/>: u = t·σ(-w), u' = σ(-w)·(1 - t·w'·σ(w)).</summary>
internal readonly struct GeluTanhOperator<T> : IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool SlopeReadsOutput => false;

    // w = Linear·t + Cubic·t³; what the constants leave out, as double and as float, in Power.
    private const double Linear = 1.5957691216057308, Cubic = 0.07135481627260025;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x)
        where V : struct, ISimd<V, T>
    {
        V t = Size(x), power = Power(t);
        return Gate.Value<V, T>(x, t * power / (Constant<V, T>.Of(1) + power));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy)
        where V : struct, ISimd<V, T>
    {
        V t = Size(x), power = Power(t), one = Constant<V, T>.Of(1), divisor = one + power;
        V slope = V.Fma(Constant<V, T>.Of(3 * Cubic), t * t, Constant<V, T>.Of(Linear));
        return dy * Gate.Slope<V, T>(x, power / divisor * (one - (t * slope / divisor)));
    }

    // Where e^-w is 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Size<V>(V x)
        where V : struct, ISimd<V, T> => Gate.Size<V, T>(x, Constant<V, T>.Of(11f, 22));

    // e^-w. A rounding error of w counts w-fold in it, so w = t·(Linear + Cubic·t²) is made with what each of its operations, and the constants, leave out.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Power<V>(V t)
        where V : struct, ISimd<V, T>
    {
        V linear = Constant<V, T>.Of(Linear), cubic = Constant<V, T>.Of(Cubic);
        V square = t * t, squareLost = V.Fma(t, t, -square);
        V second = cubic * square;
        V secondLost = V.Fma(cubic, square, -second) + V.Fma(cubic, squareLost, Constant<V, T>.Of(2.39883247e-09f, -6.175149918155315e-19) * square);

        // Knuth's exact sum.
        V sum = linear + second, added = sum - linear;
        V sumLost = (linear - (sum - added)) + (second - added) + (secondLost + Constant<V, T>.Of(-4.53406805e-08f, -9.96930880911092e-17));
        V w = t * sum, lost = V.Fma(t, sumLost, V.Fma(t, sum, -w));
        V power = Elementary.Exp<V, T>(-w);
        return V.Fma(power, -lost, power);
    }
}
