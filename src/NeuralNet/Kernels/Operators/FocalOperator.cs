using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// -weight·t·q^gamma·x of a log probability x, with q = 1 - eˣ, 0 where t is 0. Slope -weight·t·q^gamma·(1 - gamma·eˣ·x/q), where x/q goes to -1 as q goes to 0.
/// </summary>
internal readonly struct FocalOperator<T>(T weight, T gamma) : ILossOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Loss<V>(V x, V t)
        where V : struct, ISimd<V, T> => Piecewise.UnlessZero<V, T>(t, (weight * t) * (Focus(Rest(x)) * -x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V x, V t)
        where V : struct, ISimd<V, T>
    {
        V one = V.Broadcast(T.One), q = Rest(x);
        V ratio = V.Select(V.LessThanOrEqual(q, V.Broadcast(T.Zero)), -one, x / q);
        return Piecewise.UnlessZero<V, T>(t, (weight * -t) * (Focus(q) * (one - (gamma * Elementary.Exp<V, T>(x) * ratio))));
    }

    // 1 - eˣ, which does not cancel where eˣ is nearly 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Rest<V>(V x)
        where V : struct, ISimd<V, T> => -Elementary.ExpM1<V, T>(x);

    // q^gamma: 0 for q = 0, but 1 for gamma = 0, where the logarithm below has no say.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Focus<V>(V q)
        where V : struct, ISimd<V, T> =>
        gamma == T.Zero ? V.Broadcast(T.One) : Elementary.Exp<V, T>(gamma * Elementary.Log<V, T>(q));
}
