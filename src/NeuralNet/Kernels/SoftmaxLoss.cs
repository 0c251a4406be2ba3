using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// Drives loss operators, one for each class, over the logarithms of a softmax, <c>log y = (x - max) - logSum</c> with what <see cref="SoftmaxKernel"/> kept of
/// each row: lanes are rows, and each walks its row in the order of the classes, summed as <see cref="LongSum"/> does.
/// </summary>
internal static unsafe class SoftmaxLoss
{
    /// <summary>Each row's Σ l(log y, t).</summary>
    public static void Forward<T, TOperator>(ReadOnlySpan<TOperator> l, MatrixSpan<T> x, MatrixSpan<T> t, ReadOnlySpan<T> maxima, ReadOnlySpan<T> logSums, Span<T> losses)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, ILossOperator<T>
    {
        fixed (TOperator* pOperators = l)
        fixed (T* px = x.Values, pt = t.Values, pm = maxima, ps = logSums, pl = losses)
            Sweep.Over<T, ForwardSweep<T, TOperator>>(x.Rows, new(pOperators, x.Rows, x.Columns, px, pt, pm, ps, pl), x.Columns);
    }

    /// <summary>dx = (g - y·Σ g)·scale of the row, with g = dl/d(log y): each logarithm grows with its own score and falls with all by their shares y.</summary>
    public static void Backward<T, TOperator>(
        ReadOnlySpan<TOperator> l, MatrixSpan<T> x, MatrixSpan<T> y, MatrixSpan<T> t, ReadOnlySpan<T> maxima, ReadOnlySpan<T> logSums, ReadOnlySpan<T> scales, MatrixSpan<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, ILossOperator<T>
    {
        fixed (TOperator* pOperators = l)
        fixed (T* px = x.Values, py = y.Values, pt = t.Values, pm = maxima, ps = logSums, pc = scales, pdx = dx.Values)
            Sweep.Over<T, BackwardSweep<T, TOperator>>(x.Rows, new(pOperators, x.Rows, x.Columns, px, py, pt, pm, ps, pc, pdx), x.Columns);
    }

    private readonly struct ForwardSweep<T, TOperator>(TOperator* l, nint rows, int columns, T* x, T* t, T* maxima, T* logSums, T* losses) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, ILossOperator<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            V.Store(losses + index, LongSum.Of<V, T, Losses<T, V, TOperator>>(columns, new(l, rows, x + index, t + index, V.Load(maxima + index), V.Load(logSums + index))));
        }
    }

    private readonly struct Losses<T, V, TOperator>(TOperator* l, nint rows, T* x, T* t, V maximum, V logSum) : ITerms<V>
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
        where TOperator : unmanaged, ILossOperator<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At(int index) => l[index].Loss((V.Load(x + (index * rows)) - maximum) - logSum, V.Load(t + (index * rows)));
    }

    private readonly struct BackwardSweep<T, TOperator>(TOperator* l, nint rows, int columns, T* x, T* y, T* t, T* maxima, T* logSums, T* scales, T* dx) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, ILossOperator<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            V sum = LongSum.Of<V, T, Gradients<T, V, TOperator>>(columns, new(l, rows, x + index, t + index, V.Load(maxima + index), V.Load(logSums + index), dx + index));
            V scale = V.Load(scales + index);
            nint end = index + (columns * rows);
            for (nint place = index; place < end; place += rows)
                V.Store(dx + place, SampleScale.Apply<V, T>(V.Load(dx + place) - (V.Load(y + place) * sum), scale));
        }
    }

    // Writes down each as it is asked for.
    private readonly struct Gradients<T, V, TOperator>(TOperator* l, nint rows, T* x, T* t, V maximum, V logSum, T* dx) : ITerms<V>
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
        where TOperator : unmanaged, ILossOperator<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At(int index)
        {
            V gradient = l[index].Gradient((V.Load(x + (index * rows)) - maximum) - logSum, V.Load(t + (index * rows)));
            V.Store(dx + (index * rows), gradient);
            return gradient;
        }
    }
}
