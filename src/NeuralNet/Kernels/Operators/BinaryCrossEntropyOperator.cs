using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>-t·log σ(x) - (1 - t)·log(1 - σ(x)) = max(x, 0) - t·x + log(1 + e^-|x|); slope σ(x) - t.</summary>
internal readonly struct BinaryCrossEntropyOperator<T> : ILossOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Loss<V>(V x, V t)
        where V : struct, ISimd<V, T>
    {
        V zero = V.Broadcast(T.Zero);
        return V.Select(V.LessThan(zero, x), x, zero) - (t * x) + Elementary.LogP1<V, T>(Elementary.Exp<V, T>(-V.Abs(x)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V x, V t)
        where V : struct, ISimd<V, T> => Elementary.Sigmoid<V, T>(x) - t;
}
