using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Softmax of each row, safe for scores of any size because the row's maximum is taken off first.</summary>
/// <remarks>Lanes are rows, and each walks its row in the order of the columns, so that a row's bits depend neither on the width nor on the rest of the batch.</remarks>
internal static unsafe class SoftmaxKernel
{
    /// <summary>y = e^(x - max) / Σ e^(x - max); keeps each row's maximum and the logarithm of its sum, from which log y = (x - max) - logSum.</summary>
    public static void Forward<T>(MatrixSpan<T> x, MatrixSpan<T> y, Span<T> maxima, Span<T> logSums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x.Values, py = y.Values, pm = maxima, ps = logSums)
            Sweep.Over<T, ForwardSweep<T>>(x.Rows, new(x.Rows, x.Columns, px, py, pm, ps));
    }

    /// <summary>dx = y·(dy - Σ y·dy); the scratch holds each row's sum.</summary>
    public static void Backward<T>(MatrixSpan<T> y, MatrixSpan<T> dy, MatrixSpan<T> dx, Span<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* py = y.Values, pdy = dy.Values, pdx = dx.Values, ps = sums)
            Sweep.Over<T, BackwardSweep<T>>(y.Rows, new(y.Rows, y.Columns, py, pdy, pdx, ps));
    }

    /// <summary>Each row's -Σ t·log y; a target of 0 counts nothing, whatever the score. Keeps each row's Σ t.</summary>
    public static void CrossEntropy<T>(MatrixSpan<T> x, MatrixSpan<T> t, ReadOnlySpan<T> maxima, ReadOnlySpan<T> logSums, Span<T> losses, Span<T> targetSums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x.Values, pt = t.Values, pm = maxima, ps = logSums, pl = losses, pts = targetSums)
            Sweep.Over<T, CrossEntropySweep<T>>(x.Rows, new(x.Rows, x.Columns, px, pt, pm, ps, pl, pts));
    }

    /// <summary>dx = (y·Σt - t)·scale: the gradient of the cross-entropy with respect to the scores.</summary>
    public static void CrossEntropyBackward<T>(MatrixSpan<T> y, MatrixSpan<T> t, ReadOnlySpan<T> targetSums, ReadOnlySpan<T> scales, MatrixSpan<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* py = y.Values, pt = t.Values, pts = targetSums, ps = scales, pdx = dx.Values)
            Sweep.Over<T, CrossEntropyBackwardSweep<T>>(y.Rows, new(y.Rows, y.Columns, py, pt, pts, ps, pdx));
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

            V sum = V.Broadcast(T.Zero);
            for (nint place = index; place < end; place += rows)
            {
                V power = Elementary.Exp<V, T>(V.Load(x + place) - maximum);
                V.Store(y + place, power);
                sum += power;
            }

            for (nint place = index; place < end; place += rows)
                V.Store(y + place, V.Load(y + place) / sum);
            V.Store(logSums + index, Elementary.Log<V, T>(sum));
        }
    }

    private readonly struct BackwardSweep<T>(nint rows, int columns, T* y, T* dy, T* dx, T* sums) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            nint end = index + (columns * rows);
            V sum = V.Broadcast(T.Zero);
            for (nint place = index; place < end; place += rows)
                sum += V.Load(y + place) * V.Load(dy + place);
            V.Store(sums + index, sum);
            for (nint place = index; place < end; place += rows)
                V.Store(dx + place, V.Load(y + place) * (V.Load(dy + place) - sum));
        }
    }

    private readonly struct CrossEntropySweep<T>(nint rows, int columns, T* x, T* t, T* maxima, T* logSums, T* losses, T* targetSums) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            nint end = index + (columns * rows);
            V zero = V.Broadcast(T.Zero), maximum = V.Load(maxima + index), logSum = V.Load(logSums + index), loss = zero, targets = zero;
            for (nint place = index; place < end; place += rows)
            {
                V target = V.Load(t + place);
                V share = target * (logSum - (V.Load(x + place) - maximum));
                loss += V.Select(V.LessThanOrEqual(V.Abs(target), zero), zero, share);
                targets += target;
            }

            V.Store(losses + index, loss);
            V.Store(targetSums + index, targets);
        }
    }

    private readonly struct CrossEntropyBackwardSweep<T>(nint rows, int columns, T* y, T* t, T* targetSums, T* scales, T* dx) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            nint end = index + (columns * rows);
            V targetSum = V.Load(targetSums + index), scale = V.Load(scales + index);
            for (nint place = index; place < end; place += rows)
                V.Store(dx + place, SampleScale.Apply<V, T>((V.Load(y + place) * targetSum) - V.Load(t + place), scale));
        }
    }
}
