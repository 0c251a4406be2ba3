using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>What the gradient of each sample is scaled with: its share in the mean.</summary>
internal static class SampleScale
{
    /// <summary>gradient·scale; 0 where the scale is 0, whatever the gradient, so that a sample of weight 0 may hold NaN, and where too little is left to count.</summary>
    /// <remarks>
    /// Too little is less than the least normal number over machine epsilon, 1e-31 in float. Samples that a network is sure of have such gradients; they change no weight, but what comes of
    /// them in the layers before is subnormal, and many processors take a hundred times as long for that: a network would train at half the speed once it has learned.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V, T>(V gradient, V scale)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T> => Piecewise.UnlessZero<V, T>(scale, Piecewise.ZeroBelow<V, T>(Constant<V, T>.Of(9.8607613e-32f, 1.0020841800044864e-292), gradient * scale));
}
