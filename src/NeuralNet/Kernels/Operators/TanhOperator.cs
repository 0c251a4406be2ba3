using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>tanh x; slope 1 - y².</summary>
internal readonly struct TanhOperator<T> : IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool SlopeReadsOutput => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x)
        where V : struct, ISimd<V, T> => Elementary.Tanh<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy)
        where V : struct, ISimd<V, T> => dy * (V.Broadcast(T.One) - (y * y));
}
