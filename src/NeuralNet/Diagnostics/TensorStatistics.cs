namespace NeuralNet;

/// <summary>The numbers of a tensor in a few figures. What is not finite is not left out: one NaN makes the figures NaN, and <see cref="NonFinite"/> counts them.</summary>
/// <param name="Count">How many numbers there are.</param>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="Mean">The mean.</param>
/// <param name="StandardDeviation">The standard deviation, over the count and not one less.</param>
/// <param name="Norm">The Euclidean norm.</param>
/// <param name="ZeroShare">The share that is exactly 0, from 0 to 1.</param>
/// <param name="NonFinite">How many are NaN or infinite.</param>
public readonly record struct TensorStatistics(
    int Count, double Minimum, double Maximum, double Mean, double StandardDeviation, double Norm, double ZeroShare, int NonFinite)
{
    internal static TensorStatistics Of<T>(Matrix<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T> => Of<T>(Dense.Of(matrix).Values());

    internal static TensorStatistics Of<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (double minimum, double maximum, double sum, double squares) = (double.PositiveInfinity, double.NegativeInfinity, 0, 0);
        (int zeros, int nonFinite) = (0, 0);
        foreach (T value in values)
        {
            double x = double.CreateTruncating(value);
            (minimum, maximum) = (Math.Min(minimum, x), Math.Max(maximum, x));
            (sum, squares) = (sum + x, squares + (x * x));
            zeros += x == 0 ? 1 : 0;
            nonFinite += double.IsFinite(x) ? 0 : 1;
        }

        // Around the mean in a second sweep: the difference of two large sums would cancel.
        double mean = sum / values.Length, deviations = 0;
        foreach (T value in values)
        {
            double deviation = double.CreateTruncating(value) - mean;
            deviations += deviation * deviation;
        }

        return new(values.Length, minimum, maximum, mean, Math.Sqrt(deviations / values.Length), Math.Sqrt(squares), (double)zeros / values.Length, nonFinite);
    }
}
