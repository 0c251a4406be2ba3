namespace NeuralNet;

/// <summary>A loss that rises where it is measured on samples held out.</summary>
internal sealed class OverfittingCheck<T> : Check<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>For how many epochs the loss over the validation samples must lie above its best: some are noise.</summary>
    private const int Patience = 5;

    /// <summary>By how much: a tenth is the wobble from epoch to epoch where some hundred samples are held out, a quarter is beyond it.</summary>
    private const double Rise = 1.25;

    /// <summary>To which share the training loss must have fallen in the same epochs: where both rise, the learning rate is too large.</summary>
    private const double Fall = 0.9;

    public override IEnumerable<Finding> Examine(Evidence<T> evidence)
    {
        if (evidence.Epochs.Count <= Patience)
            return [];
        EpochRecord best = evidence.Epochs.MinBy(epoch => epoch.ValidationLoss)!, last = evidence.Epochs[^1];
        bool isRising = evidence.Epochs.TakeLast(Patience).All(epoch => epoch.ValidationLoss > Rise * best.ValidationLoss);
        return isRising && last.TrainingLoss < Fall * best.TrainingLoss
            ? [
                new(
                    FindingKind.Overfitting,
                    FindingSeverity.Warning,
                    "validation",
                    $"Since epoch {best.Epoch} the training loss fell from {Text(best.TrainingLoss)} to {Text(last.TrainingLoss)}, but the validation loss rose from {Text(best.ValidationLoss)} to {Text(last.ValidationLoss)}.",
                    "The network learns the samples by heart: on new ones it gets worse.",
                    $"Stop at epoch {best.Epoch} (early stopping), Dropout, L2, more or augmented samples, fewer units."),
            ]
            : [];
    }
}
