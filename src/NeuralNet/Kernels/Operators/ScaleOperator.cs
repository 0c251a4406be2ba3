using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>factor·x + offset, rounded once; slope factor.</summary>
internal readonly struct ScaleOperator<T>(T factor, T offset) : IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool SlopeReadsOutput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x)
        where V : struct, ISimd<V, T> => V.Fma(V.Broadcast(factor), x, V.Broadcast(offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy)
        where V : struct, ISimd<V, T> => factor * dy;
}
