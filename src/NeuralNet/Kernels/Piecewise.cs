using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Functions in straight pieces.</summary>
internal static class Piecewise
{
    /// <summary>-1, 0 or 1; NaN and the sign of zero stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sign<V, T>(V x)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        V zero = V.Broadcast(T.Zero), one = V.Broadcast(T.One);
        return V.Select(V.LessThan(zero, x), one, V.Select(V.LessThan(x, zero), -one, x));
    }

    /// <summary>0 where a factor of the value is 0, whatever the value, which may be infinite or NaN there; else the value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V UnlessZero<V, T>(V factor, V value)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        V zero = V.Broadcast(T.Zero);
        return V.Select(V.LessThanOrEqual(V.Abs(factor), zero), zero, value);
    }

    /// <summary>0 where the magnitude is below the least that counts; NaN stays.</summary>
    /// <remarks>
    /// For what would become subnormal else: with such numbers many processors are a hundred times slower. Units that no longer fire and samples that a network is sure of
    /// bring forth plenty, so that it would train the slower the more it has learned.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ZeroBelow<V, T>(V least, V value)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T> => V.Select(V.LessThan(V.Abs(value), least), V.Broadcast(T.Zero), value);

    /// <summary>A number that is to be squared: 0 where a share of its square could be subnormal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Squarable<V, T>(V x)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T> => ZeroBelow<V, T>(Constant<V, T>.LeastSquared, x);

    /// <summary>The nearest number from low to high; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Clamp<V, T>(V x, V low, V high)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T> => V.Select(V.LessThan(x, low), low, V.Select(V.LessThan(high, x), high, x));
}
