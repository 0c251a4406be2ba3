namespace NeuralNet;

/// <summary>How large an update is beside the weights.</summary>
internal sealed class UpdateSizeCheck<T> : Check<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The largest share of its size that one update may change a weight matrix by. The usual is a thousandth, a few hundredths in Adam's first steps; half means that nothing learned so far survives two steps.</summary>
    private const double LargestRatio = 0.5;

    /// <summary>The smallest: at a hundred-thousandth a matrix needs 100,000 steps to change by its own size.</summary>
    private const double SmallestRatio = 1e-5;

    public override IEnumerable<Finding> Examine(Evidence<T> evidence)
    {
        ParameterChange<T>[] weights = [.. evidence.Changes.Where(change => IsWeight(change.Parameter) && change.ChangeNorm > 0 && double.IsFinite(change.Ratio))];
        if (weights.Length == 0)
            yield break;

        foreach (ParameterChange<T> change in weights.Where(change => change.Ratio > LargestRatio))
        {
            yield return new(
                FindingKind.UpdateTooLarge,
                FindingSeverity.Warning,
                change.Parameter.Name,
                $"One update changes it by {Percent(change.Ratio)} of its size, at the learning rate {Text(change.LearningRate)}.",
                "Steps that large overshoot: the loss jumps about or becomes NaN, and Relu units die.",
                "A learning rate ten times smaller, ClipByGlobalNorm, scaled inputs and targets.");
        }

        // Slow layers beside quick ones are vanishing gradients; here all are slow.
        ParameterChange<T> quickest = weights.MaxBy(change => change.Ratio)!;
        if (quickest.Ratio < SmallestRatio && evidence.Losses is { } losses && !evidence.HasLearned)
        {
            yield return new(
                FindingKind.UpdateTooSmall,
                FindingSeverity.Warning,
                quickest.Parameter.Name,
                $"One update changes it by {Text(quickest.Ratio)} of its size, at the learning rate {Text(quickest.LearningRate)}; the other weights by less.",
                $"It would take {Text(1 / quickest.Ratio)} steps to change by as much as it is, and the loss is still {Text(losses.Loss)}; a network that says nothing has {Text(losses.Silent)}.",
                "A learning rate ten or a hundred times larger, or Adam.");
        }
    }
}
