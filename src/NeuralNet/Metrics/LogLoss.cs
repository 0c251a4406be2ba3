using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The mean over samples of <c>-log p</c> of the probability predicted for the class of the target, in nats; scikit-learn's log_loss, also called cross-entropy.</summary>
/// <remarks>
/// Predictions are probabilities: a column for each class, or one column with that of class 1. As in scikit-learn they are clipped to <c>[ε, 1 - ε]</c>, ε being the precision's distance from 1
/// to the next number (2^-23 or 2^-52), and divided by their row's sum; so a probability of 0 for the true class is a large loss and not an infinite one, other than in <see cref="SoftmaxWithLoss{T}"/>.
/// Targets are classes (see <see cref="OneHot"/>). A prediction that is NaN makes the figure NaN. The sum is in double, sample after sample; no sample is kept.
/// </remarks>
public sealed class LogLoss : IMetric
{
    private double sum;
    private long count;

    /// <inheritdoc/>
    public string Name => "log_loss";

    /// <inheritdoc/>
    public bool HigherIsBetter => false;

    /// <summary>The mean, at least 0; NaN before the first batch.</summary>
    public double Value => sum / count;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ, or a target is NaN; nothing is added then.</exception>
    public void Add<T>(Matrix<T> predictions, Matrix<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Predictions(Name, predictions, targets);
        MatrixSpan<T> predicted = Dense.Of(predictions).View(), actual = Dense.Of(targets).View();
        Guard.TargetClasses(Name, actual);
        for (int row = 0; row < predicted.Rows; row++)
            sum -= Elementary.Log(Probability(predicted, row, OneHot.Class(actual, row)));
        count += predicted.Rows;
    }

    /// <inheritdoc/>
    public void Reset() => (sum, count) = (0, 0);

    private static double Probability<T>(MatrixSpan<T> predicted, int row, int label)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double epsilon = double.CreateTruncating(T.BitIncrement(T.One) - T.One);
        double total = 0, own = 0;
        for (int column = 0; column < predicted.Columns; column++)
        {
            double probability = Math.Clamp(double.CreateTruncating(predicted[row, column]), epsilon, 1 - epsilon);
            if (predicted.Columns == 1)
                return (label == 1 ? probability : 1 - probability) / (1 - probability + probability);
            total += probability;
            own = column == label ? probability : own;
        }

        return own / total;
    }
}
