using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>positive·x above 0, else negative·(eˣ - 1); slopes positive and negative·eˣ.</summary>
internal readonly struct EluOperator<T>(T positive, T negative) : IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool SlopeReadsOutput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x)
        where V : struct, ISimd<V, T> => V.Select(V.LessThan(x, Constant<V, T>.Of(0)), negative * Elementary.ExpM1<V, T>(x), positive * x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy)
        where V : struct, ISimd<V, T> => dy * V.Select(V.LessThan(Constant<V, T>.Of(0), x), V.Broadcast(positive), negative * Elementary.Exp<V, T>(x));
}
