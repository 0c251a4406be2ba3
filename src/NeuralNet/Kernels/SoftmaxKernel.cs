using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Softmax of each row, safe for scores of any size because the row's maximum is taken off first.</summary>
/// <remarks>Lanes are rows, and each walks its row in the order of the columns, summed as <see cref="LongSum"/> does, so that a row's bits depend neither on the width nor on the rest of the batch.</remarks>
internal static unsafe class SoftmaxKernel
{
    /// <summary>y = e^(x - max) / Σ e^(x - max); keeps each row's maximum and the logarithm of its sum, from which log y = (x - max) - logSum.</summary>
    public static void Forward<T>(MatrixSpan<T> x, MatrixSpan<T> y, Span<T> maxima, Span<T> logSums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x.Values, py = y.Values, pm = maxima, ps = logSums)
            Sweep.Over<T, ForwardSweep<T>>(x.Rows, new(x.Rows, x.Columns, px, py, pm, ps), x.Columns);
    }

    /// <summary>dx = y·(dy - Σ y·dy); 0 where that is too small to count.</summary>
    public static void Backward<T>(MatrixSpan<T> y, MatrixSpan<T> dy, MatrixSpan<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* py = y.Values, pdy = dy.Values, pdx = dx.Values)
            Sweep.Over<T, BackwardSweep<T>>(y.Rows, new(y.Rows, y.Columns, py, pdy, pdx), y.Columns);
    }

    private readonly struct ForwardSweep<T>(nint rows, int columns, T* x, T* y, T* maxima, T* logSums) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            nint end = index + (columns * rows);
            V maximum = V.Load(x + index);
            for (nint place = index + rows; place < end; place += rows)
                maximum = V.Max(maximum, V.Load(x + place));
            V.Store(maxima + index, maximum);

            // Written first and then summed: the sum's code would hold the power's seven times.
            for (nint place = index; place < end; place += rows)
                V.Store(y + place, Elementary.Exp<V, T>(V.Load(x + place) - maximum));
            V sum = LongSum.Of<V, T, Stored<T, V>>(columns, new(rows, y + index));
            for (nint place = index; place < end; place += rows)
                V.Store(y + place, V.Load(y + place) / sum);
            V.Store(logSums + index, Elementary.Log<V, T>(sum));
        }
    }

    private readonly struct BackwardSweep<T>(nint rows, int columns, T* y, T* dy, T* dx) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            nint end = index + (columns * rows);
            V sum = LongSum.Of<V, T, Products<T, V>>(columns, new(rows, y + index, dy + index));
            for (nint place = index; place < end; place += rows)
                V.Store(dx + place, Piecewise.ZeroBelow<V, T>(Constant<V, T>.LeastGradient, V.Load(y + place) * (V.Load(dy + place) - sum)));
        }
    }

    private readonly struct Products<T, V>(nint rows, T* y, T* dy) : ITerms<V>
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At(int index) => V.Load(y + (index * rows)) * V.Load(dy + (index * rows));
    }
}
