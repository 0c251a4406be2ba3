using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>0 up to -3, x from 3 on, x·(x + 3) / 6 between; slopes 0, 1 and (x + 1½) / 3, which is also that at -3 and at 3.</summary>
internal readonly struct HardSwishOperator<T> : IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool SlopeReadsOutput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x)
        where V : struct, ISimd<V, T>
    {
        V three = Constant<V, T>.Of(3);
        V between = x * (x + three) * Constant<V, T>.Of(1.0 / 6);
        return V.Select(V.LessThanOrEqual(x, -three), Constant<V, T>.Of(0), V.Select(V.LessThanOrEqual(three, x), x, between));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy)
        where V : struct, ISimd<V, T>
    {
        V three = Constant<V, T>.Of(3);
        V between = dy * (x + Constant<V, T>.Of(1.5)) * Constant<V, T>.Of(1.0 / 3);
        return V.Select(V.LessThan(x, -three), Constant<V, T>.Of(0), V.Select(V.LessThan(three, x), dy, between));
    }
}
