using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The size of the numbers that reach the first weights.</summary>
internal sealed class InputScaleCheck<T> : Check<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The root mean square of a feature from which on it is large. Initial weights are made for 1; pixels and shares give at most 1, standardised features 1, lengths in cm some; bytes give 80, prices thousands.</summary>
    private const double LargestRootMeanSquare = 10;

    /// <summary>The largest number below which all are small: bytes divided by 255 twice give 0.004.</summary>
    private const double SmallestMaximum = 0.05;

    public override IEnumerable<Finding> Examine(Evidence<T> evidence)
    {
        // Where a normalisation, a Scale or an embedding stands before the first weights, it is what that makes of the input that counts.
        if (evidence.Pass?.Finished.FirstOrDefault(layer => layer.Parameters.Any(IsWeight)) is not { } first || first.Layer is Embedding<T> || evidence.Data?.NonFiniteInput is not null)
            return [];

        TensorStatistics all = TensorStatistics.Of(first.Input);
        MatrixSpan<T> input = first.Input.View();
        (int feature, double rootMeanSquare) = (0, 0);
        for (int column = 0; column < input.Columns; column++)
        {
            double size = TensorStatistics.Of<T>(input.Column(column)).Norm / Math.Sqrt(input.Rows);
            if (size > rootMeanSquare)
                (feature, rootMeanSquare) = (column, size);
        }

        double largest = Math.Max(Math.Abs(all.Minimum), Math.Abs(all.Maximum));
        string range = $"{first.Name} is given numbers from {Text(all.Minimum)} to {Text(all.Maximum)}";
        if (rootMeanSquare > LargestRootMeanSquare)
        {
            return
            [
                Found(
                    $"{range}, feature {feature} with a root mean square of {Text(rootMeanSquare)}; expected are about 1, and at most {Text(LargestRootMeanSquare)}.",
                    "Scores and gradients grow with the input, so that units saturate or die at once and no learning rate fits all weights."),
            ];
        }

        return largest is > 0 and < SmallestMaximum
            ? [Found($"{range}; expected are about 1.", "Scores and gradients shrink with the input, so that learning takes forever: was it scaled twice?")]
            : [];
    }

    private static Finding Found(string figure, string why) => new(
        FindingKind.InputScale, FindingSeverity.Warning, "input", figure, why, "Divide pixels by 255; subtract each feature's mean and divide by its standard deviation; or begin with a Scale or a BatchNormalization.");
}
