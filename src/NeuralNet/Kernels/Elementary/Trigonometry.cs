using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>sin x and cos x for |x| ≤ 2^20; NaN beyond, where float could no longer tell a right angle from its neighbour.</summary>
/// <remarks>
/// Reduction: x = n·π/2 + r with whole n and |r| ≤ π/4, a little more where x is large and n a rounding beside the nearest. π/2 is taken off in three parts by
/// fused multiply-add; the first leaves no rounding error, and what the others lose is kept. Polynomials: sin r = r + r³·p(r²), cos r = 1 - r²/2 + r⁴·q(r²).
/// Reconstruction: n modulo 4 says which of them it is, and its sign.
/// </remarks>
internal static class Trigonometry<V, T>
    where V : struct, ISimd<V, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>sin x; keeps the sign of zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sin(V x)
    {
        V n = Reduce(x, out V r, out V rest);

        // So near to 0 the sine is x to the last bit, its sign included.
        return V.Select(V.LessThan(V.Abs(x), Constant<V, T>.Of(0.000122f, 7.4e-9)), x, Wave(x, n, r, rest));
    }

    /// <summary>cos x: the sine one right angle on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cos(V x)
    {
        V n = Reduce(x, out V r, out V rest);
        return Wave(x, n + Constant<V, T>.Of(1), r, rest);
    }

    // n, and x - n·π/2 as r + rest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduce(V x, out V r, out V rest)
    {
        V n = V.Round(x * Constant<V, T>.Of(0.636619772367581343));
        V first = V.Fma(n, Constant<V, T>.Of(-1.57079632679489662), x);

        // The middle part's product and its sum are kept with what they lose (Dekker's product, Knuth's sum): near a multiple of π/2 nothing else is left.
        V middle = Constant<V, T>.Of(4.371138829e-08f, -6.123233995736766e-17), product = n * middle;
        V second = first + product, added = second - first;
        V lost = (first - (second - added)) + (product - added) + V.Fma(n, middle, -product);
        V low = V.Fma(n, Constant<V, T>.Of(1.71512451e-15f, 1.4973849048591698e-33), lost);
        r = second + low;
        rest = (second - r) + low;
        return n;
    }

    // sin(n·π/2 + r + rest).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Wave(V x, V n, V r, V rest)
    {
        V one = Constant<V, T>.Of(1), half = Constant<V, T>.Of(0.5);
        V z = r * r, h = half * z, w = one - h;
        V sine = r + V.Fma(z * r, SineSeries(z), rest * w);
        V cosine = w + (((one - w) - h) + V.Fma(z * z, CosineSeries(z), -(r * rest)));

        // n modulo 4, from -2 to 2: odd takes the cosine; -2, -1 and 2 the other sign.
        V quarter = V.Fma(Constant<V, T>.Of(-4), V.Round(Constant<V, T>.Of(0.25) * n), n);
        V y = V.Select(V.LessThan(V.Abs(V.Abs(quarter) - one), half), cosine, sine);
        y = V.Select(V.LessThan(V.Abs(quarter - half), one), y, -y);
        return V.Select(V.LessThanOrEqual(V.Abs(x), Constant<V, T>.Of(1048576)), y, Constant<V, T>.Of(double.NaN));
    }

    // p(z) = (sin √z / √z - 1) / z for √z ≤ 0.92; error of z·p below 2^-27 in float and 2^-56 in double.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SineSeries(V z) => Polynomial<V, T>.Of(
        z,
        [-0.16666667f, 0.008333329f, -0.0001983903f, 2.7134752e-06f],
        [
            -0.16666666666666666, 0.008333333333333321, -0.00019841269841246184, 2.7557319207278426e-06, -2.505210276603987e-08, 1.6058073291068063e-10,
            -7.563970380152377e-13,
        ]);

    // q(z) = (cos √z - 1 + z/2) / z² for √z ≤ 0.92; error of z²·q below 2^-30 in float and 2^-59 in double.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V CosineSeries(V z) => Polynomial<V, T>.Of(
        z,
        [0.041666668f, -0.0013888886f, 2.479972e-05f, -2.7204786e-07f],
        [
            0.041666666666666664, -0.0013888888888888883, 2.4801587301574145e-05, -2.755731921469584e-07, 2.087675386343451e-09, -1.1470206017672865e-11,
            4.733234013306868e-14,
        ]);
}
