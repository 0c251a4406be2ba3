using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>What the gradient of each sample is scaled with: its share in the mean.</summary>
internal static class SampleScale
{
    /// <summary>gradient·scale; 0 where that is too small to count, and where the scale is 0, whatever the gradient: a sample of weight 0 may hold NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V, T>(V gradient, V scale)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T> => Piecewise.UnlessZero<V, T>(scale, Piecewise.ZeroBelow<V, T>(Constant<V, T>.LeastGradient, gradient * scale));
}
