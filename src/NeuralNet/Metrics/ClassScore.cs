namespace NeuralNet;

/// <summary>What the metrics that are read from a confusion matrix share: the matrix, made for as many classes as the first batch has, and the figure taken from it.</summary>
internal sealed class ClassScore
{
    private readonly Func<ConfusionMatrix, double> figure;
    private readonly int label;
    private ConfusionMatrix? counts;

    /// <summary>A figure of all classes.</summary>
    public ClassScore(string name, Averaging averaging, Func<ConfusionMatrix, double> figure)
    {
        Guard.Defined(averaging, "Macro, Micro or Weighted", nameof(averaging));
        (Name, this.figure) = (FormattableString.Invariant($"{name}_{averaging}").ToLowerInvariant(), figure);
    }

    /// <summary>A figure of one class.</summary>
    public ClassScore(string name, int label, Func<ConfusionMatrix, double> figure)
    {
        Guard.AtLeast(0, label, nameof(label));
        (Name, this.label, this.figure) = (FormattableString.Invariant($"{name}_class_{label}"), label, figure);
    }

    public string Name { get; }

    public double Value => counts is null ? double.NaN : figure(counts);

    public void Add<T>(Matrix<T> predictions, Matrix<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Predictions(Name, predictions, targets);
        int classes = OneHot.Classes(predictions.ColumnCount);
        Guard.HasClass(Name, label, classes);
        if (counts is null || (counts.Count == 0 && counts.Classes != classes))
            counts = new ConfusionMatrix(classes);
        counts.Add(Name, predictions, targets);
    }

    public void Reset() => counts?.Clear();
}
