using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The share of samples whose class is among the k with the largest predictions; scikit-learn's top_k_accuracy_score.</summary>
/// <remarks>
/// Of equal predictions that of the greater class goes first, as in scikit-learn (<see cref="Accuracy"/> takes the first of equals). Where k is at least the number of classes it is 1.
/// A row with NaN, of predictions or of targets, counts as wrong. No sample is kept.
/// </remarks>
public sealed class TopKAccuracy : IMetric
{
    private readonly int k;
    private long correct;
    private long count;

    /// <summary>Creates the metric.</summary>
    /// <param name="k">How many classes are looked at, at least 1; 2 by default, as in scikit-learn.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is less than 1.</exception>
    public TopKAccuracy(int k = 2)
    {
        this.k = Guard.AtLeast(1, k, nameof(k));
        Name = FormattableString.Invariant($"top_{k}_accuracy");
    }

    /// <summary>The name with k: <c>top_2_accuracy</c>.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <summary>The share, from 0 to 1; NaN before the first batch.</summary>
    public double Value => (double)correct / count;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ, or there is one column: two classes are wanted at least.</exception>
    public void Add<T>(Matrix<T> predictions, Matrix<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Predictions(Name, predictions, targets);
        Guard.SeveralColumns(Name, predictions);
        MatrixSpan<T> predicted = Dense.Of(predictions).View(), actual = Dense.Of(targets).View();
        for (int row = 0; row < predicted.Rows; row++)
        {
            int label = OneHot.Class(predicted, row) < 0 ? -1 : OneHot.Class(actual, row);
            correct += label >= 0 && Before(predicted, row, label) < k ? 1 : 0;
        }

        count += predicted.Rows;
    }

    /// <inheritdoc/>
    public void Reset() => (correct, count) = (0, 0);

    private static int Before<T>(MatrixSpan<T> predicted, int row, int label)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int before = 0;
        for (int other = 0; other < predicted.Columns; other++)
            before += predicted[row, other] > predicted[row, label] || (predicted[row, other] == predicted[row, label] && other > label) ? 1 : 0;
        return before;
    }
}
