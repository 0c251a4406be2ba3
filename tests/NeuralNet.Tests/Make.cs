namespace NeuralNet.Tests;

/// <summary>Matrices to test with.</summary>
internal static class Make
{
    /// <summary>Evenly spread numbers; the same in float, rounded.</summary>
    public static Matrix<T> Uniform<T>(int rows, int columns, int seed, double low = -2, double high = 2)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<T> matrix = Matrix<T>.Build.Dense(rows, columns);
        new Uniform(low, high).Fill(matrix.Values(), 1, 1, new CounterRandom((ulong)seed));
        return matrix;
    }

    public static Matrix<double> Uniform(int rows, int columns, int seed, double low = -2, double high = 2) => Uniform<double>(rows, columns, seed, low, high);

    /// <summary>Rows of positive numbers that sum to 1.</summary>
    public static Matrix<double> Probabilities(int rows, int columns, int seed) => Uniform(rows, columns, seed, 0.2, 1).NormalizeRows(1);

    /// <summary>One-hot rows.</summary>
    public static Matrix<double> OneHotRows(int rows, int columns, int seed) => OneHot.Encode<double>(Labels(rows, columns, seed), columns);

    public static int[] Labels(int count, int classes, int seed)
    {
        var random = new CounterRandom((ulong)seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(classes))];
    }

    public static Matrix<double> Rows(params double[][] rows) => Matrix<double>.Build.DenseOfRowArrays(rows);

    public static Matrix<T> As<T>(this Matrix<double> matrix)
        where T : unmanaged, IFloatingPointIeee754<T> => Matrix<T>.Build.Dense(matrix.RowCount, matrix.ColumnCount, (row, column) => T.CreateTruncating(matrix[row, column]));

    public static Matrix<double> AsDouble<T>(this Matrix<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T> => Matrix<double>.Build.Dense(matrix.RowCount, matrix.ColumnCount, (row, column) => double.CreateTruncating(matrix[row, column]));

    /// <summary>One row of a matrix as a batch of its own.</summary>
    public static Matrix<T> RowOf<T>(this Matrix<T> matrix, int row)
        where T : unmanaged, IFloatingPointIeee754<T> => matrix.SubMatrix(row, 1, 0, matrix.ColumnCount);
}
