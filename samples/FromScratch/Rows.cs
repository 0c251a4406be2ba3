namespace NeuralNet.Samples.FromScratch;

/// <summary>Matrices written as in a book: row by row.</summary>
internal static class Rows
{
    /// <summary>A matrix of some rows: <c>Rows.Of([1, 2], [3, 4])</c>.</summary>
    public static Matrix<double> Of(params double[][] rows) => Matrix<double>.Build.DenseOfRowArrays(rows);

    /// <summary>A number, as the 1x1 matrix that a node of a computational graph takes.</summary>
    public static Matrix<double> Number(double value) => Of([value]);
}
