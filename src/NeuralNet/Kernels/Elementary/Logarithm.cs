using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>log x and log(1 + x), natural.</summary>
/// <remarks>
/// Reduction: x = 2ⁿ·(1 + f) with 1 + f in [√½, √2]. Polynomial: with s = f / (2 + f), log(1 + f) = 2·artanh s = 2s + s·z·p(z), z = s², a series that converges
/// fast because |s| ≤ 0.172. As 2s = f - s·f, and f is exact, this is f - (h - s·(h + z·p(z))) with h = f²/2: the rounding error of the division meets only
/// the small terms (the form of Sun's fdlibm). Reconstruction: n·ln 2 is added with one fused multiply-add, its low part among the small terms.
/// </remarks>
internal static class Logarithm<V, T>
    where V : struct, ISimd<V, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>log x: -infinity for 0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log(V x)
    {
        // Denormal numbers are made normal first.
        V denormal = V.LessThan(x, Constant<V, T>.LeastNormal);
        V n = Split(V.Select(denormal, x * Constant<V, T>.Of(8388608f, 4503599627370496), x), out V f);
        n = V.Select(denormal, n - Constant<V, T>.Of(23f, 52), n);
        return Edges(x, Sum(n, f, Constant<V, T>.Of(0)));
    }

    /// <summary>log(1 + x) without cancellation near 0: -infinity for -1, NaN below; keeps the sign of zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogP1(V x)
    {
        // u = 1 + x rounded, and what the rounding left out (Knuth's exact sum): log(1 + x) = log u + lost/u.
        V one = Constant<V, T>.Of(1);
        V u = one + x;
        V added = u - one;
        V lost = (one - (u - added)) + (x - added);

        // Where n is 0, f is x itself and nothing is lost.
        V n = Split(u, out V f);
        V near = V.LessThan(V.Abs(n), Constant<V, T>.Of(0.5));
        V y = Sum(n, V.Select(near, x, f), V.Select(near, Constant<V, T>.Of(0), lost / u));
        return V.CopySign(V.Select(V.LessThan(x, Constant<V, T>.Of(double.PositiveInfinity)), Edges(u, y), x), x);
    }

    // n and f of a positive normal number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Split(V x, out V f)
    {
        V n = V.Exponent(x), significand = V.Significand(x);
        V above = V.LessThan(Constant<V, T>.Of(1.4142135623730951), significand);
        f = V.Select(above, Constant<V, T>.Of(0.5) * significand, significand) - Constant<V, T>.Of(1);
        return V.Select(above, n + Constant<V, T>.Of(1), n);
    }

    // n·ln 2 + log(1 + f) + rest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum(V n, V f, V rest)
    {
        V s = f / (Constant<V, T>.Of(2) + f), z = s * s, h = Constant<V, T>.Of(0.5) * f * f;
        V small = V.Fma(s, V.Fma(z, Series(z), h), V.Fma(n, Constant<V, T>.Of(-1.90465421e-09f, 2.3190468138462996e-17), rest));
        return V.Fma(n, Constant<V, T>.Of(0.693147180559945309), f - (h - small));
    }

    // p(z) = (2·artanh √z / √z - 2) / z for z ≤ 0.0295; error of z·p below 2^-29 in float and 2^-56 in double.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Series(V z) => Polynomial<V, T>.Of(
        z,
        [0.66666776f, 0.3997754f, 0.29871848f],
        [
            0.666666666666667, 0.3999999999989845, 0.2857142862639796, 0.2222221107291914, 0.18182893216844614, 0.15331596971557543, 0.1461787279302967,
        ]);

    // The logarithm of what is no positive finite number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Edges(V x, V y)
    {
        V zero = Constant<V, T>.Of(0);
        V below = V.Select(V.LessThan(x, zero), Constant<V, T>.Of(double.NaN), Constant<V, T>.Of(double.NegativeInfinity));
        return V.Select(V.LessThanOrEqual(x, zero), below, V.Select(V.LessThan(x, Constant<V, T>.Of(double.PositiveInfinity)), y, x));
    }
}
