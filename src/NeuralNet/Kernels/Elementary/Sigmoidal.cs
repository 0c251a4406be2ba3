using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The two S-shaped quotients of exponentials: tanh x and the logistic function σ(x).</summary>
/// <remarks>
/// Numerator and denominator are rounded, and so is their quotient: together more than 2 ulp. So both are kept with what their rounding left out, and the
/// quotient is corrected once by its remainder, which costs a few multiplications and no further division.
/// </remarks>
internal static class Sigmoidal<V, T>
    where V : struct, ISimd<V, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>tanh x = E / (E + 2) with E = e^(2|x|) - 1, and the sign of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh(V x)
    {
        // From this bound on the result rounds to 1.
        V bound = Constant<V, T>.Of(10f, 20), size = V.Abs(x);
        size = V.Select(V.LessThan(bound, size), bound, size);

        // E = 2ⁿ·(1 + r + tail) - 1 as sum + low.
        V n = Exponential<V, T>.Reduce(size + size, out V r, out V rest);
        V power = V.PowerOfTwo(n), tail = Exponential<V, T>.Tail(r, rest);
        V less = power - Constant<V, T>.Of(1);
        V first = V.Fma(power, r, less);
        V e = V.Fma(power, tail, first);
        V low = V.Fma(power, tail, first - e) + V.Fma(power, r, less - first);

        // E + 2 as divisor + (what it lost, and low): Knuth's exact sum.
        V two = Constant<V, T>.Of(2);
        V divisor = e + two, added = divisor - e;
        V lost = (e - (divisor - added)) + (two - added) + low;
        return V.CopySign(Quotient(e, low, divisor, lost), x);
    }

    /// <summary>σ(x) = 1 / (1 + e) or, below 0, e / (1 + e), with e = e^-|x|, which does not overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid(V x)
    {
        V one = Constant<V, T>.Of(1), zero = Constant<V, T>.Of(0);
        V e = Exponential<V, T>.Exp(-V.Abs(x));
        V divisor = one + e;
        return Quotient(V.Select(V.LessThan(x, zero), e, one), zero, divisor, e - (divisor - one));
    }

    // (a + aLow) / (b + bLow).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Quotient(V a, V aLow, V b, V bLow)
    {
        V inverse = Constant<V, T>.Of(1) / b, quotient = a * inverse;
        V remainder = V.Fma(-quotient, b, a) + V.Fma(-quotient, bLow, aLow);
        return V.Fma(remainder, inverse, quotient);
    }
}
