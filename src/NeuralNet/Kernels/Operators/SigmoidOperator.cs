using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>1 / (1 + e⁻ˣ); slope y·(1 - y).</summary>
internal readonly struct SigmoidOperator<T> : IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool SlopeReadsOutput => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x)
        where V : struct, ISimd<V, T> => Elementary.Sigmoid<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy)
        where V : struct, ISimd<V, T> => dy * y * (V.Broadcast(T.One) - y);
}
