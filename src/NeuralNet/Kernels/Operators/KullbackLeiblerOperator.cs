using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>t·(log t - x) of a log probability x, 0 where t is 0; slope -t.</summary>
internal readonly struct KullbackLeiblerOperator<T> : ILossOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Loss<V>(V x, V t)
        where V : struct, ISimd<V, T> => Piecewise.UnlessZero<V, T>(t, t * (Elementary.Log<V, T>(t) - x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V x, V t)
        where V : struct, ISimd<V, T> => -t;
}
