using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>What an update rule remembers of the gradients so far, at each step a share of it.</summary>
internal static class DecayingSum
{
    /// <summary>share·sum + term, but 0 in place of a subnormal number.</summary>
    /// <remarks>
    /// Where gradients have ended, as those of a unit that no longer fires, a sum falls to the least numbers there are and stays: 0.9 of such a one is rounded to itself.
    /// Many processors take a hundred times as long for subnormal numbers as for others, so that steps would become slower the longer a network trains.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Next<V, T>(T share, V sum, V term)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T> => Piecewise.ZeroBelow<V, T>(Constant<V, T>.LeastNormal, (share * sum) + term);
}
