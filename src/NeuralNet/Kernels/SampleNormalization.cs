using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Normalisation of each sample over groups of its features, <c>y = (x - mean)·inverse·weight + bias</c>, and its derivative.</summary>
/// <remarks>
/// Lanes are samples, and each walks its features in order, summed as <see cref="LongSum"/> does: a sample's bits depend neither on the width nor on the rest of the batch. Statistics are matrices <c>[N, groups]</c>; weight and bias have a number for each feature.
/// </remarks>
internal static unsafe class SampleNormalization
{
    public static void Forward<T>(MatrixSpan<T> x, T epsilon, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, MatrixSpan<T> means, MatrixSpan<T> inverses, MatrixSpan<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(weight.Length == x.Columns && bias.Length == x.Columns);
        fixed (T* px = x.Values, pw = weight, pb = bias, pm = means.Values, pi = inverses.Values, py = y.Values)
            Sweep.Over<T, ForwardSweep<T>>(x.Rows, new(x.Rows, means.Columns, x.Columns / means.Columns, epsilon, px, pw, pb, pm, pi, py), x.Columns);
    }

    /// <summary>With g = dy·weight, n features in a group and x̂ = (x - mean)·inverse: <c>dx = inverse·(g - Σg/n - x̂·Σ(g·x̂)/n)</c>.</summary>
    public static void Backward<T>(MatrixSpan<T> x, MatrixSpan<T> dy, ReadOnlySpan<T> weight, MatrixSpan<T> means, MatrixSpan<T> inverses, MatrixSpan<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(weight.Length == x.Columns);
        fixed (T* px = x.Values, pdy = dy.Values, pw = weight, pm = means.Values, pi = inverses.Values, pdx = dx.Values)
            Sweep.Over<T, BackwardSweep<T>>(x.Rows, new(x.Rows, means.Columns, x.Columns / means.Columns, px, pdy, pw, pm, pi, pdx), x.Columns);
    }

    /// <summary>Each feature's Σ dy·x̂ and Σ dy over the batch, as <see cref="ColumnSum"/> sums.</summary>
    public static void BackwardParameters<T>(MatrixSpan<T> x, MatrixSpan<T> dy, MatrixSpan<T> means, MatrixSpan<T> inverses, Span<T> weightGradient, Span<T> biasGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x.Values, pdy = dy.Values, pm = means.Values, pi = inverses.Values, pdw = weightGradient, pdb = biasGradient)
            Columns.Each<T, ParameterWork<T>>(x.Columns, x.Rows, new(x.Rows, x.Columns / means.Columns, px, pdy, pm, pi, pdw, pdb));
    }

    private readonly struct ForwardSweep<T>(nint rows, int groups, int size, T epsilon, T* x, T* weight, T* bias, T* means, T* inverses, T* y) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            V count = V.Broadcast(T.CreateTruncating(size)), one = V.Broadcast(T.One), epsilons = V.Broadcast(epsilon);
            for (int group = 0; group < groups; group++)
            {
                nint start = index + (group * size * rows);
                V mean = LongSum.Of<V, T, Stored<T, V>>(size, new(rows, x + start)) / count;
                V variance = LongSum.Of<V, T, SquaredDeviation<V, T>>(size, new(rows, x + start, mean)) / count;
                V inverse = one / V.Sqrt(variance + epsilons);
                V.Store(means + index + (group * rows), mean);
                V.Store(inverses + index + (group * rows), inverse);
                for (int feature = 0; feature < size; feature++)
                {
                    nint place = start + (feature * rows);
                    int column = (group * size) + feature;
                    V.Store(y + place, V.Fma((V.Load(x + place) - mean) * inverse, V.Broadcast(weight[column]), V.Broadcast(bias[column])));
                }
            }
        }
    }

    private readonly struct BackwardSweep<T>(nint rows, int groups, int size, T* x, T* dy, T* weight, T* means, T* inverses, T* dx) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            V count = V.Broadcast(T.CreateTruncating(size));
            for (int group = 0; group < groups; group++)
            {
                nint start = index + (group * size * rows);
                T* weights = weight + (group * size);
                V mean = V.Load(means + index + (group * rows)), inverse = V.Load(inverses + index + (group * rows));
                V offset = LongSum.Of<V, T, Gradient<V, T>>(size, new(rows, dy + start, weights)) / count;
                V slope = LongSum.Of<V, T, Product<V, T>>(size, new(rows, dy + start, weights, x + start, mean, inverse)) / count;
                for (int feature = 0; feature < size; feature++)
                {
                    nint place = start + (feature * rows);
                    V normalized = (V.Load(x + place) - mean) * inverse;
                    V.Store(dx + place, inverse * ((weights[feature] * V.Load(dy + place)) - offset - (normalized * slope)));
                }
            }
        }
    }

    private readonly struct ParameterWork<T>(int rows, int size, T* x, T* dy, T* means, T* inverses, T* weightGradient, T* biasGradient) : IColumnWork<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<V>(int column)
            where V : struct, ISimd<V, T>
        {
            nint start = (nint)column * rows, group = (nint)(column / size) * rows;
            weightGradient[column] = ColumnSum.Of<T, V, NormalizedProduct<T>>(rows, new(dy + start, x + start, means + group, inverses + group));
            biasGradient[column] = ColumnSum.Of<T, V, ColumnGradient<T>>(rows, new(dy + start));
        }
    }

    private readonly struct SquaredDeviation<V, T>(nint rows, T* x, V mean) : ITerms<V>
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At(int feature)
        {
            V deviation = V.Load(x + (feature * rows)) - mean;
            return deviation * deviation;
        }
    }

    private readonly struct Gradient<V, T>(nint rows, T* dy, T* weights) : ITerms<V>
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At(int feature) => weights[feature] * V.Load(dy + (feature * rows));
    }

    private readonly struct Product<V, T>(nint rows, T* dy, T* weights, T* x, V mean, V inverse) : ITerms<V>
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At(int feature) => weights[feature] * V.Load(dy + (feature * rows)) * ((V.Load(x + (feature * rows)) - mean) * inverse);
    }

    private readonly struct NormalizedProduct<T>(T* dy, T* x, T* means, T* inverses) : IColumnTerm<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<V>(int row)
            where V : struct, ISimd<V, T> => V.Load(dy + row) * ((V.Load(x + row) - V.Load(means + row)) * V.Load(inverses + row));
    }

    private readonly struct ColumnGradient<T>(T* dy) : IColumnTerm<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<V>(int row)
            where V : struct, ISimd<V, T> => V.Load(dy + row);
    }
}
