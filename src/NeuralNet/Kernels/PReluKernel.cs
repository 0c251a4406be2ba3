using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Leaky rectifiers, one slope for each channel; a channel's numbers, of all samples, lie one after another.</summary>
internal static unsafe class PReluKernel
{
    /// <summary>y = x, below 0 times the channel's slope.</summary>
    public static void Forward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> slopes, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(x.Length == y.Length && x.Length % slopes.Length == 0);
        int size = x.Length / slopes.Length;
        for (int i = 0, start = 0; i < slopes.Length; i++, start += size)
            Elementwise.Forward(new LeakyReluOperator<T>(slopes[i]), x.Slice(start, size), y.Slice(start, size));
    }

    /// <summary>dx = dy, from 0 down times the channel's slope.</summary>
    public static void Backward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> slopes, ReadOnlySpan<T> dy, Span<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(x.Length == dy.Length && x.Length == dx.Length && x.Length % slopes.Length == 0);
        int size = x.Length / slopes.Length;
        for (int i = 0, start = 0; i < slopes.Length; i++, start += size)
        {
            // The operator reads no y.
            ReadOnlySpan<T> part = x.Slice(start, size);
            Elementwise.Backward(new LeakyReluOperator<T>(slopes[i]), part, part, dy.Slice(start, size), dx.Slice(start, size));
        }
    }

    /// <summary>What each number adds to its slope's gradient: min(x, 0)·dy.</summary>
    public static void SlopeTerms<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> terms)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(x.Length == dy.Length && x.Length == terms.Length);
        fixed (T* px = x, pdy = dy, pt = terms)
            Sweep.Over<T, SlopeSweep<T>>(x.Length, new(px, pdy, pt));
    }

    private readonly struct SlopeSweep<T>(T* x, T* dy, T* terms) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            V value = V.Load(x + index), zero = V.Broadcast(T.Zero);
            V.Store(terms + index, V.Select(V.LessThan(zero, value), zero, value * V.Load(dy + index)));
        }
    }
}
