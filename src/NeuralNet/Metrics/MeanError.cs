using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The mean of an error over all elements: a sum for each output, sample after sample, so that batches do not matter.</summary>
internal sealed class MeanError<TMeasure>(string name)
    where TMeasure : struct, IErrorMeasure
{
    private double[] sums = [];
    private long count;

    public double Value => sums.Sum() / (count * sums.Length);

    public void Add<T>(Matrix<T> predictions, Matrix<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Predictions(name, predictions, targets);
        if (count == 0 && sums.Length != predictions.ColumnCount)
            sums = new double[predictions.ColumnCount];
        Guard.SameColumns(name, sums.Length, predictions);
        MatrixSpan<T> y = Dense.Of(predictions).View(), t = Dense.Of(targets).View();
        for (int column = 0; column < y.Columns; column++)
            sums[column] = Sum(sums[column], y.Column(column), t.Column(column));
        count += y.Rows;
    }

    public void Reset()
    {
        count = 0;
        Array.Clear(sums);
    }

    private static double Sum<T>(double sum, ReadOnlySpan<T> y, ReadOnlySpan<T> t)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < y.Length; row++)
            sum += TMeasure.Of(double.CreateTruncating(y[row]) - double.CreateTruncating(t[row]));
        return sum;
    }
}
