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

    /// <summary>The same in both precisions, but for rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of(double value) => Of((float)value, value);

    /// <summary>One for float, one for double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of(float inSingle, double inDouble) =>
        V.Broadcast(typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>(inSingle) : Unsafe.BitCast<double, T>(inDouble));
}
