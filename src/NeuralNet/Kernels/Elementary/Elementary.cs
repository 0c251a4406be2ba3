using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// The elementary functions, of vectors and of single numbers: the library's own, because a platform's may differ between machines. Within 2 ulp in float and
/// 4 ulp in double. A lane's result is a function of its argument only, made of operations that are exact or rounded correctly, so its bits are the same for
/// every width and on every machine; a single number is a vector of one lane.
/// </summary>
internal static class Elementary
{
    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V, T>(V x)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T> => Exponential<V, T>.Exp(x);

    /// <inheritdoc cref="Exp{V, T}(V)"/>
    public static T Exp<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T> => Exponential<Scalar<T>, T>.Exp(new(x)).Value;

    /// <summary>eˣ - 1; keeps the sign of zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpM1<V, T>(V x)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T> => Exponential<V, T>.ExpM1(x);

    /// <inheritdoc cref="ExpM1{V, T}(V)"/>
    public static T ExpM1<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T> => Exponential<Scalar<T>, T>.ExpM1(new(x)).Value;

    /// <summary>log x: -infinity for 0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V, T>(V x)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T> => Logarithm<V, T>.Log(x);

    /// <inheritdoc cref="Log{V, T}(V)"/>
    public static T Log<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T> => Logarithm<Scalar<T>, T>.Log(new(x)).Value;

    /// <summary>log(1 + x): -infinity for -1, NaN below; keeps the sign of zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogP1<V, T>(V x)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T> => Logarithm<V, T>.LogP1(x);

    /// <inheritdoc cref="LogP1{V, T}(V)"/>
    public static T LogP1<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T> => Logarithm<Scalar<T>, T>.LogP1(new(x)).Value;

    /// <summary>tanh x; keeps the sign of zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V, T>(V x)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T> => Sigmoidal<V, T>.Tanh(x);

    /// <inheritdoc cref="Tanh{V, T}(V)"/>
    public static T Tanh<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T> => Sigmoidal<Scalar<T>, T>.Tanh(new(x)).Value;

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V, T>(V x)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T> => Sigmoidal<V, T>.Sigmoid(x);

    /// <inheritdoc cref="Sigmoid{V, T}(V)"/>
    public static T Sigmoid<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T> => Sigmoidal<Scalar<T>, T>.Sigmoid(new(x)).Value;

    /// <summary>The error function 2/√π·∫₀ˣ e^(-t²) dt; keeps the sign of zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf<V, T>(V x)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T> => ErrorFunction<V, T>.Erf(x);

    /// <inheritdoc cref="Erf{V, T}(V)"/>
    public static T Erf<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T> => ErrorFunction<Scalar<T>, T>.Erf(new(x)).Value;

    /// <summary>sin x for |x| ≤ 2^20, NaN beyond; keeps the sign of zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sin<V, T>(V x)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T> => Trigonometry<V, T>.Sin(x);

    /// <inheritdoc cref="Sin{V, T}(V)"/>
    public static T Sin<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T> => Trigonometry<Scalar<T>, T>.Sin(new(x)).Value;

    /// <summary>cos x for |x| ≤ 2^20, NaN beyond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cos<V, T>(V x)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T> => Trigonometry<V, T>.Cos(x);

    /// <inheritdoc cref="Cos{V, T}(V)"/>
    public static T Cos<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T> => Trigonometry<Scalar<T>, T>.Cos(new(x)).Value;

    /// <summary>x to a whole power, by squaring: the same bits on every machine.</summary>
    public static double Power(double x, long n)
    {
        double power = 1;
        for (; n > 0; n >>= 1, x *= x)
            power = (n & 1) == 0 ? power : power * x;
        return power;
    }

    /// <summary>x to any power, both at least 0: the whole part of the power by squaring, the rest by the logarithm.</summary>
    public static double Power(double x, double y)
    {
        long whole = (long)y;
        double rest = y - whole;
        return Power(x, whole) * (rest == 0 ? 1 : Exp(rest * Log(x)));
    }
}
