using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>A polynomial by Horner's rule, one fused multiply-add for each power: c₀ + x·(c₁ + x·(c₂ + ...)).</summary>
/// <remarks>
/// All coefficients here are minimax fits (Remez' exchange in 60 digits, the weight chosen so that the error of the whole function is level), made by
/// <c>tests/NeuralNet.Tests/Golden/fit_polynomials.py</c>, which prints them with the error that remains after rounding.
/// </remarks>
internal static class Polynomial<V, T>
    where V : struct, ISimd<V, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>As many coefficients as each precision wants, c₀ first.</summary>
    // Loops that count up over constant lengths are what the compiler unrolls.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of(V x, ReadOnlySpan<float> inSingle, ReadOnlySpan<double> inDouble)
    {
        V y = typeof(T) == typeof(float) ? Constant<V, T>.Of(inSingle[^1], 0) : Constant<V, T>.Of(0, inDouble[^1]);
        if (typeof(T) == typeof(float))
        {
            for (int i = 1; i < inSingle.Length; i++)
                y = V.Fma(y, x, Constant<V, T>.Of(inSingle[inSingle.Length - 1 - i], 0));
        }
        else
        {
            for (int i = 1; i < inDouble.Length; i++)
                y = V.Fma(y, x, Constant<V, T>.Of(0, inDouble[inDouble.Length - 1 - i]));
        }

        return y;
    }
}
