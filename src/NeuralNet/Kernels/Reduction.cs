using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Sums in a fixed order.</summary>
internal static unsafe class Reduction
{
    /// <summary>How many partial sums a sum over the batch has: as many as the widest vector has lanes.</summary>
    private const int Partials = 16;

    /// <summary>The sum of all values, one after another, in double.</summary>
    public static double Sum<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (T value in values)
            sum += double.CreateTruncating(value);
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
        T* partials = stackalloc T[Partials];
        int whole = matrix.Rows - (matrix.Rows % Partials);
        fixed (T* values = matrix.Values)
        {
            T* column = values;
            for (int j = 0; j < matrix.Columns; j++, column += matrix.Rows)
            {
                Sweep.Over<T, PartialSums<T>>(Partials, new(column, whole, partials));
                for (int i = whole; i < matrix.Rows; i++)
                    partials[i - whole] += column[i];
                for (int half = Partials / 2; half > 0; half /= 2)
                {
                    for (int i = 0; i < half; i++)
                        partials[i] += partials[i + half];
                }

                sums[j] = partials[0];
            }
        }
    }

    // Lanes are partial sums; each takes every sixteenth row.
    private readonly struct PartialSums<T>(T* column, int rows, T* partials) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            V sum = V.Broadcast(T.Zero);
            for (int row = index; row < rows; row += Partials)
                sum += V.Load(column + row);
            V.Store(partials + index, sum);
        }
    }
}
