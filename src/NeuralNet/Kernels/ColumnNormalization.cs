using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// Normalisation down each column, <c>y = (x - mean)·scale + shift</c>, and its derivative. A column holds all numbers of one feature, or of one channel: they lie one after
/// another in memory.
/// </summary>
/// <remarks>
/// Mean and variance take two passes, so that a large mean costs no digits, while the column is in the cache. Empty weights count as 1, empty biases as 0, and an empty
/// result is not computed.
/// </remarks>
internal static unsafe class ColumnNormalization
{
    /// <summary>Normalises with the columns' own statistics, which it gives: mean, variance (divided by the number of rows), and 1 / √(variance + epsilon).</summary>
    public static void Forward<T>(MatrixSpan<T> x, T epsilon, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> means, Span<T> variances, Span<T> inverses, MatrixSpan<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x.Values, pw = weight, pb = bias, pm = means, pv = variances, pi = inverses, py = y.Values)
            Columns.Each<T, ForwardWork<T>>(x.Columns, x.Rows, new(x.Rows, epsilon, px, pw, pb, pm, pv, pi, py));
    }

    /// <summary>Normalises with given means and inverse deviations.</summary>
    public static void Apply<T>(MatrixSpan<T> x, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, ReadOnlySpan<T> means, ReadOnlySpan<T> inverses, MatrixSpan<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x.Values, pw = weight, pb = bias, pm = means, pi = inverses, py = y.Values)
            Columns.Each<T, ApplyWork<T>>(x.Columns, x.Rows, new(x.Rows, px, pw, pb, pm, pi, py));
    }

    /// <summary>
    /// The gradients of weight, bias and input. Where the statistics are constants, dx = scale·dy; where they are the columns' own,
    /// <c>dx = scale·(dy - Σdy/m - (x - mean)·Σ(dy·(x - mean))/(m·(variance + epsilon)))</c> with m rows.
    /// </summary>
    public static void Backward<T>(
        MatrixSpan<T> x, MatrixSpan<T> dy, bool areConstant, ReadOnlySpan<T> weight, ReadOnlySpan<T> means, ReadOnlySpan<T> inverses, Span<T> weightGradient, Span<T> biasGradient, MatrixSpan<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x.Values, pdy = dy.Values, pw = weight, pm = means, pi = inverses, pdw = weightGradient, pdb = biasGradient, pdx = dx.Values)
            Columns.Each<T, BackwardWork<T>>(x.Columns, x.Rows, new(x.Rows, areConstant, px, pdy, pw, pm, pi, pdw, pdb, pdx));
    }

    // y = (x - mean)·scale + shift.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ShiftAndScale<T, V>(int rows, T* x, T mean, T scale, T shift, T* y)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
    {
        V means = V.Broadcast(mean), scales = V.Broadcast(scale), shifts = V.Broadcast(shift);
        int row = 0;
        for (; row <= rows - V.Width; row += V.Width)
            V.Store(y + row, V.Fma(V.Load(x + row) - means, scales, shifts));
        if (row < rows)
            V.StoreFirst(y + row, V.Fma(V.LoadFirst(x + row, rows - row) - means, scales, shifts), rows - row);
    }

    private readonly struct ForwardWork<T>(int rows, T epsilon, T* x, T* weight, T* bias, T* means, T* variances, T* inverses, T* y) : IColumnWork<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<V>(int column)
            where V : struct, ISimd<V, T>
        {
            T* own = x + ((nint)column * rows);
            T count = T.CreateTruncating(rows);
            T mean = ColumnSum.Of<T, V, Value<T>>(rows, new(own)) / count;
            T variance = ColumnSum.Of<T, V, SquaredDeviation<T>>(rows, new(own, mean)) / count;
            T inverse = T.One / T.Sqrt(variance + epsilon);
            (means[column], variances[column], inverses[column]) = (mean, variance, inverse);
            ShiftAndScale<T, V>(rows, own, mean, weight == null ? inverse : weight[column] * inverse, bias == null ? T.Zero : bias[column], y + ((nint)column * rows));
        }
    }

    private readonly struct ApplyWork<T>(int rows, T* x, T* weight, T* bias, T* means, T* inverses, T* y) : IColumnWork<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<V>(int column)
            where V : struct, ISimd<V, T>
        {
            nint start = (nint)column * rows;
            T scale = weight == null ? inverses[column] : weight[column] * inverses[column];
            ShiftAndScale<T, V>(rows, x + start, means[column], scale, bias == null ? T.Zero : bias[column], y + start);
        }
    }

    private readonly struct BackwardWork<T>(int rows, bool areConstant, T* x, T* dy, T* weight, T* means, T* inverses, T* weightGradient, T* biasGradient, T* dx) : IColumnWork<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<V>(int column)
            where V : struct, ISimd<V, T>
        {
            T* ownX = x + ((nint)column * rows), ownDy = dy + ((nint)column * rows), ownDx = dx + ((nint)column * rows);
            T mean = means[column], inverse = inverses[column], sum = T.Zero, product = T.Zero;
            if (weightGradient != null || !areConstant)
            {
                sum = ColumnSum.Of<T, V, Value<T>>(rows, new(ownDy));
                product = ColumnSum.Of<T, V, Product<T>>(rows, new(ownDy, ownX, mean));
            }

            if (weightGradient != null)
                (weightGradient[column], biasGradient[column]) = (product * inverse, sum);
            if (dx == null)
                return;

            T scale = weight == null ? inverse : weight[column] * inverse;
            if (areConstant)
            {
                ShiftAndScale<T, V>(rows, ownDy, T.Zero, scale, T.Zero, ownDx);
                return;
            }

            T count = T.CreateTruncating(rows);
            V scales = V.Broadcast(scale), center = V.Broadcast(mean), offset = V.Broadcast(sum / count), slope = V.Broadcast(-(product * inverse * inverse / count));
            int row = 0;
            for (; row <= rows - V.Width; row += V.Width)
                V.Store(ownDx + row, Gradient(V.Load(ownX + row), V.Load(ownDy + row), center, offset, slope, scales));
            if (row < rows)
                V.StoreFirst(ownDx + row, Gradient(V.LoadFirst(ownX + row, rows - row), V.LoadFirst(ownDy + row, rows - row), center, offset, slope, scales), rows - row);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V Gradient<V>(V x, V dy, V mean, V offset, V slope, V scale)
            where V : struct, ISimd<V, T> => scale * V.Fma(x - mean, slope, dy - offset);
    }

    private readonly struct Value<T>(T* x) : IColumnTerm<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<V>(int row)
            where V : struct, ISimd<V, T> => V.Load(x + row);
    }

    private readonly struct SquaredDeviation<T>(T* x, T mean) : IColumnTerm<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<V>(int row)
            where V : struct, ISimd<V, T>
        {
            V deviation = V.Load(x + row) - V.Broadcast(mean);
            return deviation * deviation;
        }
    }

    private readonly struct Product<T>(T* dy, T* x, T mean) : IColumnTerm<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<V>(int row)
            where V : struct, ISimd<V, T> => V.Load(dy + row) * (V.Load(x + row) - V.Broadcast(mean));
    }
}
