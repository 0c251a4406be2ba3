namespace NeuralNet;

/// <summary>A figure of how good predictions are, gathered batch by batch.</summary>
/// <remarks>What is added may be overwritten afterwards: a metric that needs predictions later copies them. Used by one thread at a time.</remarks>
public interface IMetric
{
    /// <summary>The name, in lower case and without spaces, by which histories and early stopping know it: <c>accuracy</c>.</summary>
    string Name { get; }

    /// <summary>Whether a higher value is a better one.</summary>
    bool HigherIsBetter { get; }

    /// <summary>The figure over all that was added since the last <see cref="Reset"/>; NaN if that was nothing.</summary>
    double Value { get; }

    /// <summary>Takes in a batch.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="predictions">What the network predicts, <c>[N, out]</c>.</param>
    /// <param name="targets">What it should predict, <c>[N, out]</c>.</param>
    /// <exception cref="ArgumentException">The shapes differ, or the metric is not one for so many columns.</exception>
    void Add<T>(Matrix<T> predictions, Matrix<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Forgets all that was added.</summary>
    void Reset();
}
