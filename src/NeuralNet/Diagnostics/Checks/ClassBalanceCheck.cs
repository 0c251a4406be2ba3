namespace NeuralNet;

/// <summary>Classes without samples.</summary>
internal sealed class ClassBalanceCheck<T> : Check<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Samples of one class alone may be chance up to here: of two even classes eight coins fall alike once in 128.</summary>
    private const int FewestSamples = 8;

    /// <summary>So many samples for each class, and none of one: by chance once in e^20.</summary>
    private const int SamplesPerClass = 20;

    public override IEnumerable<Finding> Examine(Evidence<T> evidence)
    {
        if (evidence.Data is not { AreClasses: true } data || !evidence.HasAllData || data.Count < FewestSamples)
            return [];

        long[] counts = data.ClassCounts.ToArray();
        int only = Array.IndexOf(counts, data.Count), missing = Array.IndexOf(counts, 0);
        if (only >= 0)
        {
            return
            [
                new(
                    FindingKind.ClassBalance,
                    FindingSeverity.Error,
                    "target",
                    $"All {data.Count} samples are of class {only}.",
                    "A network that always says the same is right every time, so it learns nothing from the input.",
                    "Look at how labels are read; give samples of every class, and shuffle before you split."),
            ];
        }

        return missing >= 0 && data.Count >= (long)SamplesPerClass * counts.Length
            ? [
                new(
                    FindingKind.ClassBalance,
                    FindingSeverity.Warning,
                    "target",
                    $"None of {data.Count} samples is of class {missing}; there are {counts.Length} classes.",
                    "The network learns never to give this class.",
                    "Give samples of every class, split with Split.Stratified, or leave the output out."),
            ]
            : [];
    }
}
