using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>A loss that does not fit the layer before it, or the targets.</summary>
internal sealed class LossMismatchCheck<T> : Check<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How far outputs that should be probabilities may sum from 1: more than rounding in single precision over thousands of classes.</summary>
    private const double SumTolerance = 1e-2;

    public override IEnumerable<Finding> Examine(Evidence<T> evidence)
    {
        if (evidence.Pass is not { } pass || !double.IsFinite(TensorStatistics.Of(pass.Scores).Norm))
            yield break;

        string place = $"layer {pass.LossPath} {pass.LossLayer.Describe()}";
        LayerPass<T>? before = Before(pass);
        bool hasSoftmax = LossFamily.HasSoftmax(pass.LossLayer);
        if ((hasSoftmax || pass.LossLayer is SigmoidWithLoss<T> or Hinge<T>) && before?.Layer is Softmax<T> or Sigmoid<T> or HardSigmoid<T> or Tanh<T> or Relu<T> or Relu6<T>)
        {
            yield return Found(
                place,
                $"{before!.Name} stands before it.",
                hasSoftmax || pass.LossLayer is SigmoidWithLoss<T>
                    ? "The loss applies its own softmax or sigmoid to scores of any size and sign. Scores that were squashed before cannot make a probability near 0 or 1, so the loss stays high and gradients stay small."
                    : "The loss takes scores of any size and sign. Scores that were squashed before cannot reach its margin.",
                $"Take {before.Name} out: Predict applies what the loss contains.");
        }

        if (pass.LossLayer is CrossEntropyError<T> && !AreDistributions(pass.Scores.View(), out string found))
            yield return Found(place, found, "Cross-entropy is the logarithm of a probability: for other numbers it has no minimum.", "Use SoftmaxWithLoss, or put a Softmax before it.");

        if (pass.Loss < 0)
        {
            yield return Found(
                place,
                $"The loss is {Text(pass.Loss)}.",
                "The library's losses are never below 0. One that is may have lost its minus sign: descent then makes the likelihood of the right answers small, and at last its logarithm infinite.",
                "Look at the sign of the loss and of its gradient; only the logarithm of a density, which is no probability, may be of either sign.",
                FindingSeverity.Note);
        }

        if (evidence.Data is not { } data)
            yield break;
        bool areOneOfSeveral = evidence.HasAllData && data.AreClasses && pass.Target.ColumnCount > 1;
        if (pass.LossLayer is SigmoidWithLoss<T> && areOneOfSeveral)
        {
            yield return Found(
                place,
                $"Every row of targets has a single 1 among {pass.Target.ColumnCount} columns.",
                "It learns each column as a question of its own: the answers need not sum to 1, and the zeros outweigh the ones.",
                "Use SoftmaxWithLoss where exactly one class is true.");
        }

        if (!LossFamily.ComparesNumbers(pass.LossLayer) || before is null)
            yield break;
        (double low, double high) = RangeOf(before.Layer);
        if (areOneOfSeveral && before.Layer is Relu<T>)
        {
            yield return Found(
                place,
                $"Targets are one-hot rows, and {before.Name} stands before it.",
                "An output that is shut at 0 gets no gradient, so that its class is never learned; and the squared error hardly punishes a wrong class that is sure of itself.",
                "Use SoftmaxWithLoss behind the last Affine, without the Relu.");
        }
        else if (data.SmallestTarget < low || data.LargestTarget > high)
        {
            yield return Found(
                place,
                $"Targets go from {Text(data.SmallestTarget)} to {Text(data.LargestTarget)}, but {before.Name} gives {(high < double.PositiveInfinity ? $"from {low} to {high}" : $"{low} or more")}.",
                "What the last layer cannot give is never reached: its units are driven to their limit, where they have no gradient.",
                "Leave the last layer without an activation, or scale the targets into its range.");
        }
    }

    // The layer whose numbers the loss is given, if it is a single one: not where a composite adds to them or puts others beside them.
    private static LayerPass<T>? Before(Pass<T> pass)
    {
        LayerPass<T>? last = pass.Finished.LastOrDefault(layer => layer.Layer is not (Flatten<T> or Reshape<T> or Identity<T> or Sequential<T>));
        return last?.Layer.Children.Count == 0 ? last : null;
    }

    private static (double Low, double High) RangeOf(ILayer<T> layer) => layer switch
    {
        Sigmoid<T> or HardSigmoid<T> or Softmax<T> => (0, 1),
        Tanh<T> => (-1, 1),
        Relu6<T> => (0, 6),
        Relu<T> or Softplus<T> or Exp<T> => (0, double.PositiveInfinity),
        _ => (double.NegativeInfinity, double.PositiveInfinity),
    };

    private static bool AreDistributions(MatrixSpan<T> rows, out string found)
    {
        found = string.Empty;
        for (int row = 0; row < rows.Rows; row++)
        {
            double sum = 0;
            for (int column = 0; column < rows.Columns; column++)
            {
                double value = double.CreateTruncating(rows[row, column]);
                sum += value;
                if (value is < 0 or > 1)
                    found = $"It takes probabilities, but is given {Text(value)} for sample {row}.";
            }

            // A single output is the probability of one class of two.
            if (rows.Columns > 1 && Math.Abs(sum - 1) > SumTolerance)
                found = $"It takes probabilities that sum to 1, but those of sample {row} sum to {Text(sum)}.";
            if (found.Length > 0)
                return false;
        }

        return true;
    }

    private static Finding Found(string where, string figure, string why, string remedy, FindingSeverity severity = FindingSeverity.Warning) =>
        new(FindingKind.LossMismatch, severity, where, figure, why, remedy);
}
