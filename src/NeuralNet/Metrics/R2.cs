using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The share of the targets' variance that is predicted, <c>R² = 1 - Σ(t - y)² / Σ(t - mean t)²</c>, the mean over the outputs; scikit-learn's r2_score, also called coefficient of determination.</summary>
/// <remarks>
/// As in scikit-learn an output whose targets are all the same is 1 if they are all met and else 0, and below two samples the figure is undefined: NaN.
/// Sums are in double, for each output sample after sample, with the running mean of the targets (Welford); no sample is kept. A NaN, of predictions or of targets, makes the figure NaN.
/// </remarks>
/// <seealso href="https://doi.org/10.1080/00401706.1962.10490022">Welford (1962), Note on a Method for Calculating Corrected Sums of Squares and Products.</seealso>
public sealed class R2 : IMetric
{
    private Sums[] outputs = [];
    private long count;

    /// <inheritdoc/>
    public string Name => "r2";

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <summary>The figure: 1 for perfect predictions, 0 for the mean of the targets, below 0 for worse; NaN below two samples.</summary>
    public double Value => count < 2 ? double.NaN : outputs.Average(output => output.Score);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ, or there is another number of columns than before.</exception>
    public void Add<T>(Matrix<T> predictions, Matrix<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Predictions(Name, predictions, targets);
        if (count == 0 && outputs.Length != predictions.ColumnCount)
            outputs = new Sums[predictions.ColumnCount];
        Guard.SameColumns(Name, outputs.Length, predictions);
        MatrixSpan<T> y = Dense.Of(predictions).View(), t = Dense.Of(targets).View();
        for (int column = 0; column < y.Columns; column++)
            outputs[column].Add<T>(count, y.Column(column), t.Column(column));
        count += y.Rows;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        count = 0;
        Array.Clear(outputs);
    }

    private struct Sums
    {
        private double mean;
        private double variation;
        private double residual;

        public readonly double Score => residual == 0 ? 1 : variation == 0 && !double.IsNaN(residual) ? 0 : 1 - (residual / variation);

        public void Add<T>(long count, ReadOnlySpan<T> y, ReadOnlySpan<T> t)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int row = 0; row < t.Length; row++)
            {
                double target = double.CreateTruncating(t[row]), error = target - double.CreateTruncating(y[row]), difference = target - mean;
                residual += error * error;
                mean += difference / (count + row + 1);
                variation += difference * (target - mean);
            }
        }
    }
}
