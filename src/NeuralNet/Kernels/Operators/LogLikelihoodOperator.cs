using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>-u·x of a log probability x and a weighted, smoothed target u = weight·(kept·t + spread), 0 where u is 0; slope -u.</summary>
internal readonly struct LogLikelihoodOperator<T>(T weight, T kept, T spread) : ILossOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Loss<V>(V x, V t)
        where V : struct, ISimd<V, T>
    {
        V target = Target(t);
        return Piecewise.UnlessZero<V, T>(target, target * -x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V x, V t)
        where V : struct, ISimd<V, T> => -Target(t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Target<V>(V t)
        where V : struct, ISimd<V, T> => weight * ((kept * t) + V.Broadcast(spread));
}
