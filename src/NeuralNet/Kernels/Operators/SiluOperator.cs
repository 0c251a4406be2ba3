using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>x·σ(x); slope σ(x)·(1 + x·σ(-x)). As a <see cref="Gate"/>: u = t·σ(-t), u' = σ(-t)·(1 - t·σ(t)).</summary>
internal readonly struct SiluOperator<T> : IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool SlopeReadsOutput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x)
        where V : struct, ISimd<V, T>
    {
        V t = Size(x);
        return Gate.Value<V, T>(x, t * Elementary.Sigmoid<V, T>(-t));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy)
        where V : struct, ISimd<V, T>
    {
        V t = Size(x), share = Elementary.Sigmoid<V, T>(-t), one = Constant<V, T>.Of(1);
        return dy * Gate.Slope<V, T>(x, share * (one - (t * (one - share))));
    }

    // Where σ(-t) is 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Size<V>(V x)
        where V : struct, ISimd<V, T> => Gate.Size<V, T>(x, Constant<V, T>.Of(104f, 746));
}
