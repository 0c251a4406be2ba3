using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>-t·log x of a probability x, 0 where t is 0 (as 0·x, so that NaN stays NaN); slope -t/x.</summary>
internal readonly struct CrossEntropyOperator<T> : ILossOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Loss<V>(V x, V t)
        where V : struct, ISimd<V, T> => UnlessZero(x, t, -t * Elementary.Log<V, T>(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V x, V t)
        where V : struct, ISimd<V, T> => UnlessZero(x, t, -t / x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V UnlessZero<V>(V x, V t, V value)
        where V : struct, ISimd<V, T> => V.Select(V.LessThanOrEqual(V.Abs(t), V.Broadcast(T.Zero)), x * V.Broadcast(T.Zero), value);
}
