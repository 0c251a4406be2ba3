namespace NeuralNet.Kernels;

/// <summary>Sums, in order.</summary>
internal static class Reduction
{
    /// <summary>The sum of all values, in double.</summary>
    public static double Sum<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (T value in values)
            sum += double.CreateTruncating(value);
        return sum;
    }

    /// <summary>The sum of each column.</summary>
    public static void ColumnSums<T>(MatrixSpan<T> matrix, Span<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int column = 0; column < matrix.Columns; column++)
        {
            T sum = T.Zero;
            foreach (T value in matrix.Column(column))
                sum += value;
            sums[column] = sum;
        }
    }
}
