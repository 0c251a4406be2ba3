namespace NeuralNet;

/// <summary>The metric <c>mean |y - t|</c> over all samples and outputs; scikit-learn's mean_absolute_error.</summary>
/// <remarks>The loss to train with is <see cref="MeanAbsoluteError{T}"/>. Sums are in double, one for each output, sample after sample; no sample is kept. A NaN, of predictions or of targets, makes the figure NaN.</remarks>
public sealed class MeanAbsoluteError : IMetric
{
    private readonly MeanError<Magnitude> mean = new("mean_absolute_error");

    /// <inheritdoc/>
    public string Name => "mean_absolute_error";

    /// <inheritdoc/>
    public bool HigherIsBetter => false;

    /// <summary>The mean, at least 0; NaN before the first batch.</summary>
    public double Value => mean.Value;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ, or there is another number of columns than before.</exception>
    public void Add<T>(Matrix<T> predictions, Matrix<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T> => mean.Add(predictions, targets);

    /// <inheritdoc/>
    public void Reset() => mean.Reset();

    private readonly struct Magnitude : IErrorMeasure
    {
        public static double Of(double difference) => Math.Abs(difference);
    }
}
