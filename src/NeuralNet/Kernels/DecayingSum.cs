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

    /// <summary>share·sum + rest·x², where x counts as 0 below 2⁻⁵⁷ (2⁻⁵⁰⁵ in double): there rest·x² would be subnormal, for a rest of 1/4096 and more.</summary>
    /// <remarks>Their roots, at most 7e-18, are nothing beside the epsilon that rules add to them.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NextOfSquares<V, T>(T share, V sum, T rest, V x)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        x = Piecewise.ZeroBelow<V, T>(Constant<V, T>.Of(6.9388939e-18f, 9.546676135936265e-153), x);
        return Next(share, sum, rest * x * x);
    }
}
