using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>eˣ; slope y.</summary>
internal readonly struct ExpOperator<T> : IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool SlopeReadsOutput => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x)
        where V : struct, ISimd<V, T> => Elementary.Exp<V, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy)
        where V : struct, ISimd<V, T> => dy * y;
}
