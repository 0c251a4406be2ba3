using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>½·(x - t)² up to a distance of delta, and from there on its tangent, delta·(|x - t| - ½·delta); slope x - t, held within ±delta.</summary>
internal readonly struct HuberOperator<T>(T delta) : ILossOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Loss<V>(V x, V t)
        where V : struct, ISimd<V, T>
    {
        T half = T.CreateTruncating(0.5);
        V distance = V.Abs(x - t);
        return V.Select(V.LessThan(V.Broadcast(delta), distance), delta * (distance - V.Broadcast(half * delta)), half * distance * distance);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V x, V t)
        where V : struct, ISimd<V, T> => Piecewise.Clamp<V, T>(x - t, V.Broadcast(-delta), V.Broadcast(delta));
}
