using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>What is remembered from step to step, and each time a share of it: by update rules of gradients, by a normalization of its batches.</summary>
internal static class DecayingSum
{
    /// <summary>share·sum + term, but 0 in place of a subnormal number: where terms have ended, the sum would come to rest at one, for 0.9 of the least is rounded to itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Next<V, T>(T share, V sum, V term)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T> => Piecewise.ZeroBelow<V, T>(Constant<V, T>.LeastNormal, (share * sum) + term);
}
