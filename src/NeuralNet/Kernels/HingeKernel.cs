using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The multi-class hinge loss: lanes are rows, and each walks its row in the order of the classes, summed as <see cref="LongSum"/> does. A target above 0 is the true class.</summary>
internal static unsafe class HingeKernel
{
    /// <summary>Each row's Σ max(0, margin - x_true + x_k) / classes over all others than the true class.</summary>
    public static void Forward<T>(T margin, MatrixSpan<T> x, MatrixSpan<T> t, Span<T> losses)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x.Values, pt = t.Values, pl = losses)
            Sweep.Over<T, ForwardSweep<T>>(x.Rows, new(margin, x.Rows, x.Columns, px, pt, pl), x.Columns);
    }

    /// <summary>dx = scale / classes for each other class within the margin, and less as many of these at the true class.</summary>
    public static void Backward<T>(T margin, MatrixSpan<T> x, MatrixSpan<T> t, ReadOnlySpan<T> scales, MatrixSpan<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x.Values, pt = t.Values, ps = scales, pdx = dx.Values)
            Sweep.Over<T, BackwardSweep<T>>(x.Rows, new(margin, x.Rows, x.Columns, px, pt, ps, pdx), x.Columns);
    }

    // The score that the others are compared with, margin - x_true.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Lead<V, T>(T margin, nint rows, int columns, T* x, T* t)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
    {
        V zero = V.Broadcast(T.Zero), score = zero;
        for (int column = 0; column < columns; column++, x += rows, t += rows)
            score = V.Select(V.LessThan(zero, V.Load(t)), V.Load(x), score);
        return V.Broadcast(margin) - score;
    }

    private readonly struct ForwardSweep<T>(T margin, nint rows, int columns, T* x, T* t, T* losses) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            V lead = Lead<V, T>(margin, rows, columns, x + index, t + index);
            V.Store(losses + index, LongSum.Of<V, T, Excesses<T, V>>(columns, new(lead, rows, x + index, t + index)) / V.Broadcast(T.CreateTruncating(columns)));
        }
    }

    private readonly struct Excesses<T, V>(V lead, nint rows, T* x, T* t) : ITerms<V>
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At(int index)
        {
            V zero = V.Broadcast(T.Zero), excess = lead + V.Load(x + (index * rows));
            excess = V.Select(V.LessThanOrEqual(excess, zero), zero, excess);
            return V.Select(V.LessThan(zero, V.Load(t + (index * rows))), zero, excess);
        }
    }

    private readonly struct BackwardSweep<T>(T margin, nint rows, int columns, T* x, T* t, T* scales, T* dx) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            V lead = Lead<V, T>(margin, rows, columns, x + index, t + index), zero = V.Broadcast(T.Zero), count = zero;
            V one = V.Broadcast(T.One), classes = V.Broadcast(T.CreateTruncating(columns)), scale = V.Load(scales + index);
            nint place = index;
            for (int column = 0; column < columns; column++, place += rows)
            {
                // 1 within the margin, 0 beyond it and at its edge, NaN where the excess is.
                V excess = lead + V.Load(x + place);
                V slope = V.Select(V.LessThan(zero, excess), one, V.Select(V.LessThanOrEqual(excess, zero), zero, excess));
                slope = V.Select(V.LessThan(zero, V.Load(t + place)), zero, slope);
                V.Store(dx + place, slope);
                count += slope;
            }

            place = index;
            for (int column = 0; column < columns; column++, place += rows)
            {
                V slope = V.Select(V.LessThan(zero, V.Load(t + place)), -count, V.Load(dx + place));
                V.Store(dx + place, SampleScale.Apply<V, T>(slope / classes, scale));
            }
        }
    }
}
