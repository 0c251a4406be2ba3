using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The share of samples whose predicted class is that of the target; scikit-learn's accuracy_score.</summary>
/// <remarks>Classes are those of <see cref="OneHot.Decode"/>; a row with NaN, of predictions or of targets, counts as wrong. The same figure as <see cref="Network{T}.Accuracy"/>. No sample is kept.</remarks>
public sealed class Accuracy : IMetric
{
    private long correct;
    private long count;

    /// <inheritdoc/>
    public string Name => "accuracy";

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <summary>The share, from 0 to 1; NaN before the first batch.</summary>
    public double Value => (double)correct / count;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void Add<T>(Matrix<T> predictions, Matrix<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Predictions(Name, predictions, targets);
        MatrixSpan<T> predicted = Dense.Of(predictions).View(), actual = Dense.Of(targets).View();
        for (int row = 0; row < predicted.Rows; row++)
        {
            int label = OneHot.Class(predicted, row);
            correct += label >= 0 && label == OneHot.Class(actual, row) ? 1 : 0;
        }

        count += predicted.Rows;
    }

    /// <inheritdoc/>
    public void Reset() => (correct, count) = (0, 0);
}
