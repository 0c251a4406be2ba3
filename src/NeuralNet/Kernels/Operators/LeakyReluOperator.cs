using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>x above 0, else slope·x; slopes 1 and slope.</summary>
internal readonly struct LeakyReluOperator<T>(T slope) : IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool SlopeReadsOutput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x)
        where V : struct, ISimd<V, T> => V.Select(V.LessThan(x, V.Broadcast(T.Zero)), slope * x, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy)
        where V : struct, ISimd<V, T> => V.Select(V.LessThanOrEqual(x, V.Broadcast(T.Zero)), slope * dy, dy);
}
