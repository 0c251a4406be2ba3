using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The numbers that a formula is made of, in every lane.</summary>
internal static class Constant<V, T>
    where V : struct, ISimd<V, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The least normal number.</summary>
    public static V LeastNormal
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Of(1.17549435e-38f, 2.2250738585072014e-308);
    }

    /// <summary>The least gradient of a loss that counts, the least normal number over machine epsilon: 2⁻¹⁰³, 2⁻⁹⁷⁰ in double. What comes of it in the layers before is seldom subnormal.</summary>
    public static V LeastGradient
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Of(9.8607613e-32f, 1.0020841800044864e-292);
    }

    /// <summary>The least number whose square counts: 2⁻⁵⁷, 2⁻⁵⁰⁵ in double. A share of it of 1/4096 or more is not subnormal.</summary>
    public static V LeastSquared
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Of(6.9388939e-18f, 9.546676135936265e-153);
    }

    /// <summary>The same in both precisions, but for rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of(double value) => Of((float)value, value);

    /// <summary>One for float, one for double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of(float inSingle, double inDouble) =>
        V.Broadcast(typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>(inSingle) : Unsafe.BitCast<double, T>(inDouble));
}
