using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>x·Φ(x), Φ the normal distribution; slope Φ(x) + x·φ(x). As a <see cref="Gate"/>: u = t·Φ(-t), u' = Φ(-t) - t·φ(t).</summary>
internal readonly struct GeluOperator<T> : IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool SlopeReadsOutput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x)
        where V : struct, ISimd<V, T>
    {
        V t = NormalTail<V, T>.Size(x);
        return Gate.Value<V, T>(x, NormalTail<V, T>.Power(t) * (t * NormalTail<V, T>.Ratio(t)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy)
        where V : struct, ISimd<V, T>
    {
        V t = NormalTail<V, T>.Size(x);
        V slope = V.Fma(t, Constant<V, T>.Of(-0.3989422804014327), NormalTail<V, T>.Ratio(t));
        return dy * Gate.Slope<V, T>(x, NormalTail<V, T>.Power(t) * slope);
    }
}
