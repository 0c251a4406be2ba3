using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>A function of one number and its derivative, for a vector of numbers at a time.</summary>
internal interface IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether <see cref="Backward"/> reads y; else it reads x. The other is not loaded from memory.</summary>
    static abstract bool SlopeReadsOutput { get; }

    /// <summary>y = f(x).</summary>
    V Forward<V>(V x)
        where V : struct, ISimd<V, T>;

    /// <summary>dx = f'(x)·dy, from one of x and y, as <see cref="SlopeReadsOutput"/> says.</summary>
    V Backward<V>(V x, V y, V dy)
        where V : struct, ISimd<V, T>;
}

/// <summary>Drives an operator over spans.</summary>
internal static unsafe class Elementwise
{
    public static void Forward<T, TOperator>(TOperator f, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, IElementwiseOperator<T>
    {
        Debug.Assert(x.Length == y.Length);
        fixed (T* px = x, py = y)
            Sweep.Over<T, ForwardSweep<T, TOperator>>(x.Length, new(f, px, py));
    }

    public static void Backward<T, TOperator>(TOperator f, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, IElementwiseOperator<T>
    {
        Debug.Assert(x.Length == y.Length && x.Length == dy.Length && x.Length == dx.Length);
        fixed (T* px = x, py = y, pdy = dy, pdx = dx)
            Sweep.Over<T, BackwardSweep<T, TOperator>>(x.Length, new(f, px, py, pdy, pdx));
    }

    private readonly struct ForwardSweep<T, TOperator>(TOperator f, T* x, T* y) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, IElementwiseOperator<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T> => V.Store(y + index, f.Forward(V.Load(x + index)));
    }

    private readonly struct BackwardSweep<T, TOperator>(TOperator f, T* x, T* y, T* dy, T* dx) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, IElementwiseOperator<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            V input = TOperator.SlopeReadsOutput ? default : V.Load(x + index), output = TOperator.SlopeReadsOutput ? V.Load(y + index) : default;
            V.Store(dx + index, f.Backward(input, output, V.Load(dy + index)));
        }
    }
}
