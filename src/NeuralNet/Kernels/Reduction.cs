using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Sums in a fixed order.</summary>
internal static unsafe class Reduction
{
    /// <summary>How many partial sums a sum over the batch has: as many as the widest vector has lanes.</summary>
    private const int Partials = 16;

    /// <summary>The fewest numbers that are worth a thread.</summary>
    private const int WorthAThread = 32 * 1024;

    /// <summary>The sum of all values, one after another, in double.</summary>
    public static double Sum<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (T value in values)
            sum += double.CreateTruncating(value);
        return sum;
    }

    /// <summary>The sum of all values times the weights of their rows (none for 1 each) and columns, one after another, in double; a row of weight 0 counts nothing, whatever it holds.</summary>
    public static double WeightedSum<T>(MatrixSpan<T> matrix, ReadOnlySpan<T> rowWeights, ReadOnlySpan<double> columnWeights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(columnWeights.Length == matrix.Columns && (rowWeights.IsEmpty || rowWeights.Length == matrix.Rows));
        double sum = 0;
        for (int column = 0; column < matrix.Columns; column++)
        {
            Span<T> values = matrix.Column(column);
            double columnSum = 0;
            for (int row = 0; row < values.Length; row++)
            {
                double weight = rowWeights.IsEmpty ? 1 : double.CreateTruncating(rowWeights[row]);
                if (weight != 0)
                    columnSum += weight * double.CreateTruncating(values[row]);
            }

            sum += columnWeights[column] * columnSum;
        }

        return sum;
    }

    /// <summary>The sum of each column.</summary>
    /// <remarks>
    /// Always in this order, whatever the vector width: row i is added to partial sum i modulo 16, rows of a last part of fewer than 16 too; then partial sum j
    /// takes in j + 8, then j + 4, j + 2 and j + 1.
    /// </remarks>
    public static void ColumnSums<T>(MatrixSpan<T> matrix, Span<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(sums.Length == matrix.Columns);
        fixed (T* values = matrix.Values, result = sums)
        {
            int threads = Math.Min(ThreadLimit.For(matrix.Values.Length, WorthAThread), Math.Max(1, matrix.Columns));
            var region = new Region<T> { Values = values, Rows = matrix.Rows, Columns = matrix.Columns, Sums = result, Parts = threads };
            WorkerPool.Run(threads, threads, &Part<T>, &region);
        }
    }

    // Some columns.
    private static void Part<T>(void* context, int part)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref Region<T> region = ref *(Region<T>*)context;
        int first = EvenParts.Start(part, region.Parts, region.Columns), end = EvenParts.Start(part + 1, region.Parts, region.Columns);
        Widest.Run<T, SomeColumns<T>>(new() { First = region.Values + ((nint)first * region.Rows), Rows = region.Rows, Columns = end - first, Sums = region.Sums + first });
    }

    private struct SomeColumns<T> : IOnVectors<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* First, Sums;
        public int Rows, Columns;

        public readonly void Run<V>()
            where V : struct, ISimd<V, T> => ColumnSums<T, V>(First, Rows, Columns, Sums);
    }

    private static void ColumnSums<T, V>(T* column, int rows, int columns, T* sums)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
    {
        T* partials = stackalloc T[Partials * Partials], transposed = stackalloc T[Partials * Partials];
        for (int first = 0; first < columns; first += Partials, sums += Partials)
        {
            int count = Math.Min(Partials, columns - first);
            for (int i = 0; i < count; i++, column += rows)
            {
                for (int lane = 0; lane < Partials; lane += V.Width)
                    V.Store(partials + (i * Partials) + lane, PartialSums<T, V>(column + lane, rows - lane));
            }

            // Sixteen columns' partial sums together: transposed, so that lanes are columns.
            RegisterTranspose.SixteenBySixteen(partials, Partials, transposed, Partials);
            for (int half = Partials / 2; half > 0; half /= 2)
            {
                for (int i = 0; i < half * Partials; i += V.Width)
                    V.Store(transposed + i, V.Load(transposed + i) + V.Load(transposed + (half * Partials) + i));
            }

            new ReadOnlySpan<T>(transposed, count).CopyTo(new Span<T>(sums, count));
        }
    }

    // Lanes are partial sums; each takes every sixteenth row. What the last rows do not fill adds 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PartialSums<T, V>(T* column, int rows)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
    {
        V sum = V.Broadcast(T.Zero);
        int row = 0;
        for (; row <= rows - V.Width; row += Partials)
            sum += V.Load(column + row);
        return row < rows ? sum + V.LoadFirst(column + row, rows - row) : sum;
    }

    private struct Region<T>
        where T : unmanaged
    {
        public T* Values, Sums;
        public int Rows, Columns, Parts;
    }
}
