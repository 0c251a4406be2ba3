using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>max(x, 0); slope 1 above 0, else 0. NaN stays NaN.</summary>
internal readonly struct ReluOperator<T> : IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool SlopeReadsOutput => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x)
        where V : struct, ISimd<V, T> => V.Rectify(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy)
        where V : struct, ISimd<V, T> => V.Select(V.LessThanOrEqual(y, V.Broadcast(T.Zero)), V.Broadcast(T.Zero), dy);
}
