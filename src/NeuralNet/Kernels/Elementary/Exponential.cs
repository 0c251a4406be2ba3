using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>eˣ and eˣ - 1.</summary>
/// <remarks>
/// Reduction: x = n·ln 2 + r with whole n and |r| ≤ ½·ln 2. Polynomial: eʳ - 1 = r + r²·q(r). Reconstruction: eˣ = 2ⁿ·eʳ.
/// ln 2 is taken off in two parts, each by one fused multiply-add; the first leaves no rounding error, because x and n·ln 2 nearly cancel.
/// </remarks>
internal static class Exponential<V, T>
    where V : struct, ISimd<V, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>eˣ: 0 and infinity where it is too small or large, denormal numbers between, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp(V x)
    {
        // Beyond these bounds the result is 0 or infinite already, and n would leave the range of exponents.
        x = AtMost(AtLeast(x, Constant<V, T>.Of(-104f, -746)), Constant<V, T>.Of(89f, 710));
        V n = Reduce(x, out V r, out _);
        V power = Constant<V, T>.Of(1) + V.Fma(r * r, Series(r), r);

        // 2ⁿ itself may be no normal number, its two halves are; the first product is exact, so a denormal result is rounded only once more.
        V half = V.Round(Constant<V, T>.Of(0.5) * n);
        return power * V.PowerOfTwo(half) * V.PowerOfTwo(n - half);
    }

    /// <summary>eˣ - 1 without cancellation near 0; keeps the sign of zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpM1(V x)
    {
        // Below the lower bound the result is -1, above the upper one infinite.
        V n = Reduce(AtMost(AtLeast(x, Constant<V, T>.Of(-20f, -40)), Constant<V, T>.Of(89f, 710)), out V r, out V rest);

        // 2^128 (2^1024) is no number: the last doubling is done at the end, where the 1 no longer counts.
        V largest = Constant<V, T>.Of(127f, 1023);
        V power = V.PowerOfTwo(AtMost(n, largest));

        // 2ⁿ·(1 + r + tail) - 1, the largest terms first: what is rounded is at most the result's own size.
        V y = V.Fma(power, Tail(r, rest), V.Fma(power, r, power - Constant<V, T>.Of(1)));
        return V.CopySign(V.Select(V.LessThan(largest, n), y + y, y), x);
    }

    /// <summary>n, and x - n·ln 2 as r + rest: r rounded, rest what the rounding left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Reduce(V x, out V r, out V rest)
    {
        V minusLow = Constant<V, T>.Of(1.90465421e-09f, -2.3190468138462996e-17);
        V n = V.Round(x * Constant<V, T>.Of(1.442695040888963407));
        V first = V.Fma(n, Constant<V, T>.Of(-0.693147180559945309), x);
        r = V.Fma(n, minusLow, first);
        rest = V.Fma(n, minusLow, first - r);
        return n;
    }

    /// <summary>What eʳ - 1 has beside r: r²·q(r), and the rest of the reduction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tail(V r, V rest) => V.Fma(r * r, Series(r), rest);

    // q(r) = (eʳ - 1 - r) / r² for |r| ≤ ½·ln 2, error of r²·q below 2^-29 in float and 2^-60 in double, relative to r.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Series(V r) => Polynomial<V, T>.Of(
        r,
        [0.5f, 0.16666667f, 0.041666463f, 0.008333285f, 0.0013933823f, 0.00019907801f],
        [
            0.5, 0.1666666666666667, 0.041666666666666685, 0.008333333333326025, 0.001388888888887417, 0.0001984126987520609,
            2.4801587347870256e-05, 2.755725491246144e-06, 2.7557252406872404e-07, 2.510541956727754e-08, 2.092175793632421e-09,
        ]);

    // Bounds that let NaN through.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AtLeast(V x, V bound) => V.Select(V.LessThan(x, bound), bound, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AtMost(V x, V bound) => V.Select(V.LessThan(bound, x), bound, x);
}
