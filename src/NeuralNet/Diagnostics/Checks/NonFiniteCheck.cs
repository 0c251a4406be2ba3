namespace NeuralNet;

/// <summary>NaN and infinities: the first of them, for the others follow from it.</summary>
internal sealed class NonFiniteCheck<T> : Check<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override IEnumerable<Finding> Examine(Evidence<T> evidence)
    {
        if (evidence.Data?.NonFiniteInput is { } inInput)
            return [Found("input", $"There is {inInput}.", "It came with the data.")];
        if (evidence.Pass is { } pass && NonFinite.First(pass) is { } first)
            return [Found(first.Where, $"The first number that is not finite: {first.What}.", first.Origin)];
        if (evidence.Changes.FirstOrDefault(change => !double.IsFinite(change.ChangeNorm)) is { } spoilt)
            return [Found(spoilt.Parameter.Name, $"An update at the learning rate {Text(spoilt.LearningRate)} makes it NaN or infinite.", "It was made by the update: the weights before it were finite.")];
        return evidence.Data?.NonFiniteTarget is { } inTarget ? [Found("target", $"There is {inTarget}.", "It came with the data.")] : [];
    }

    private static Finding Found(string where, string figure, string origin) => new(
        FindingKind.NonFinite,
        FindingSeverity.Error,
        where,
        figure,
        $"{origin} What is computed from it is NaN or infinite too; one update with it makes all weights NaN.",
        where is "input" or "target"
            ? "Look at the sample: fill in or leave out missing values, and check divisions by a standard deviation of 0."
            : "A smaller learning rate, or ClipByGlobalNorm; scaled inputs; log, exp and divisions only where they are safe, as within SoftmaxWithLoss and SigmoidWithLoss.");
}
