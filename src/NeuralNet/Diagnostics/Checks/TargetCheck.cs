namespace NeuralNet;

/// <summary>Labels without an output, and targets that the loss cannot be given.</summary>
internal sealed class TargetCheck<T> : Check<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override IEnumerable<Finding> Examine(Evidence<T> evidence)
    {
        if (evidence.Data is not { } data)
            return [];
        if (data.WrongLabel is { } wrong)
        {
            int classes = data.ClassCounts.Length;
            return
            [
                Found(
                    FindingKind.TargetRange,
                    $"Sample {wrong.Sample} has the label {wrong.Label}; the network has outputs for 0 to {classes - 1}.",
                    "There is nothing that this sample could raise or lower.",
                    wrong.Label == classes ? "Labels count from 0: subtract 1, or give the last layer one more output." : "Give the last layer an output for each class, and look at how labels are read."),
            ];
        }

        // The losses of classes: a target is a share of 1, or each is a probability.
        ILossLayer<T>? loss = evidence.Network.Chain.Loss;
        bool areShares = LossFamily.TakesDistributions(loss);
        if (!areShares && loss is not SigmoidWithLoss<T> || data.Count == 0 || data.NonFiniteTarget is not null)
            return [];
        if (data.SmallestTarget < 0 || data.LargestTarget > 1)
        {
            return
            [
                Found(
                    FindingKind.TargetRange,
                    $"Targets go from {Text(data.SmallestTarget)} to {Text(data.LargestTarget)}; {loss!.Describe()} takes probabilities, from 0 to 1.",
                    "A loss of probabilities has no minimum for such targets: it falls without end while the weights grow.",
                    data.SmallestTarget == -1 ? "Write classes as 0 and 1 in place of -1 and 1." : "Give labels as whole numbers or one-hot rows; for numbers of any size use MeanSquaredError."),
            ];
        }

        return areShares && data.WrongSum is { } row
            ? [
                Found(
                    FindingKind.TargetSum,
                    $"The targets of sample {row.Sample} sum to {Text(row.Sum)}; {loss!.Describe()} takes rows that sum to 1.",
                    "The gradient of a softmax belongs to rows that are distributions: this sample counts too much, too little, or is of no class at all.",
                    "Make rows with OneHot.Encode or give labels; where several classes may be true at once use SigmoidWithLoss."),
            ]
            : [];
    }

    private static Finding Found(FindingKind kind, string figure, string why, string remedy) => new(kind, FindingSeverity.Error, "target", figure, why, remedy);
}
