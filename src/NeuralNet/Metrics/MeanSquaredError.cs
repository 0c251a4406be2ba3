namespace NeuralNet;

/// <summary>The metric <c>mean (y - t)²</c> over all samples and outputs; scikit-learn's mean_squared_error.</summary>
/// <remarks>The loss to train with is <see cref="MeanSquaredError{T}"/>. Sums are in double, one for each output, sample after sample; no sample is kept. A NaN, of predictions or of targets, makes the figure NaN.</remarks>
public sealed class MeanSquaredError : IMetric
{
    private readonly MeanError<Square> mean = new("mean_squared_error");

    /// <inheritdoc/>
    public string Name => "mean_squared_error";

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

    private readonly struct Square : IErrorMeasure
    {
        public static double Of(double difference) => difference * difference;
    }
}
