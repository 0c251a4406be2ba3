using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// weight·(-positiveWeight·t·log σ(x) - (1 - t)·log(1 - σ(x))) for t drawn towards ½ by the smoothing. As -log σ(x) = max(-x, 0) + log(1 + e^-|x|), and likewise for -x,
/// this is the sum of two terms that are not negative. Slope weight·((1 - t)·σ(x) - positiveWeight·t·σ(-x)), of which neither rounds to 0 near the other's target.
/// </summary>
internal readonly struct BinaryCrossEntropyOperator<T>(T weight, T positiveWeight, T smoothing) : ILossOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Loss<V>(V x, V t)
        where V : struct, ISimd<V, T>
    {
        (V positive, V negative) = Parts(t);
        V distance = V.Abs(x);
        V wrong = V.Select(V.LessThan(x, V.Broadcast(T.Zero)), positive, negative);
        return weight * ((distance * wrong) + ((positive + negative) * Elementary.LogP1<V, T>(Elementary.Exp<V, T>(-distance))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V x, V t)
        where V : struct, ISimd<V, T>
    {
        (V positive, V negative) = Parts(t);
        return weight * ((negative * Elementary.Sigmoid<V, T>(x)) - (positive * Elementary.Sigmoid<V, T>(-x)));
    }

    // positiveWeight·t and 1 - t.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (V Positive, V Negative) Parts<V>(V t)
        where V : struct, ISimd<V, T>
    {
        V target = ((T.One - smoothing) * t) + V.Broadcast(smoothing * T.CreateTruncating(0.5));
        return (positiveWeight * target, V.Broadcast(T.One) - target);
    }
}
