namespace NeuralNet;

/// <summary>Parameters that an update leaves alone, although they have a gradient.</summary>
internal sealed class UnchangedCheck<T> : Check<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // From 1 to the next number: what a change has to come up to, beside the value, to change it.
    private static readonly double Precision = double.CreateTruncating(T.BitIncrement(T.One) - T.One);

    public override IEnumerable<Finding> Examine(Evidence<T> evidence)
    {
        ParameterChange<T>[] unchanged = [.. evidence.Changes.Where(change => change.ChangeNorm == 0 && change.GradientNorm > 0)];
        ParameterChange<T>[] frozen = [.. unchanged.Where(change => !change.Parameter.Trainable)], stuck = [.. unchanged.Except(frozen)];

        // Where weights move, a change that is lost in rounding is a small gradient's: a single slope may have one at any step.
        if (evidence.Changes.Any(change => IsWeight(change.Parameter) && change.ChangeNorm > 0))
            stuck = [.. stuck.Where(change => change.LearningRate * change.GradientNorm > Precision * change.ValueNorm)];

        if (frozen.Length > 0)
        {
            bool isAll = frozen.Length == evidence.Changes.Count;
            yield return Found(
                isAll ? FindingSeverity.Error : FindingSeverity.Note,
                frozen,
                "Trainable is false.",
                isAll ? "Nothing is left to learn." : "Frozen parameters do not learn; right for layers that were trained before.",
                "Set Trainable to true for what is to learn.");
        }

        if (stuck.Length > 0 && !evidence.HasLearned)
        {
            double rate = stuck[0].LearningRate;
            yield return Found(
                FindingSeverity.Error,
                stuck,
                rate == 0 ? "The learning rate is 0." : $"The update leaves them bit for bit as they were, at the learning rate {Text(rate)}.",
                "The network stays what it is, however long it trains.",
                rate == 0 ? "Look at the schedule: what does it give for this step?" : "Look at the rule: it must write to the value that it is given. A change below the precision of the weights is lost too: a larger learning rate, or double.");
        }
    }

    private static Finding Found(FindingSeverity severity, ParameterChange<T>[] changes, string cause, string why, string remedy) => new(
        FindingKind.Unchanged, severity, string.Join(", ", changes.Select(change => change.Parameter.Name)), $"There is a gradient, of norm {Text(changes.Max(change => change.GradientNorm))}, and no change. {cause}", why, remedy);
}
