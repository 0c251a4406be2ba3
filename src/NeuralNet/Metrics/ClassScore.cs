using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>What precision, recall and F1 share: the counts, made for as many classes as the first batch has, and the figure taken from them.</summary>
internal sealed class ClassScore
{
    private readonly Func<ClassCounts, double> figure;
    private readonly int label;
    private ClassCounts? counts;

    /// <summary>A figure of all classes.</summary>
    public ClassScore(string name, Averaging averaging, Func<ClassCounts, double> figure)
    {
        Guard.Defined(averaging, "Macro, Micro or Weighted", nameof(averaging));
        (Name, this.figure) = (FormattableString.Invariant($"{name}_{averaging}").ToLowerInvariant(), figure);
    }

    /// <summary>A figure of one class.</summary>
    public ClassScore(string name, int label, Func<ClassCounts, double> figure)
    {
        Guard.AtLeast(0, label, nameof(label));
        (Name, this.label, this.figure) = (FormattableString.Invariant($"{name}_class_{label}"), label, figure);
    }

    public string Name { get; }

    public double Value => counts is null ? double.NaN : figure(counts);

    public void Add<T>(Matrix<T> predictions, Matrix<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int classes = Guard.ClassPredictions(Name, counts is { Count: > 0 } ? counts.Classes : null, predictions, targets);
        Guard.HasClass(Name, label, classes);
        if (counts?.Classes != classes)
            counts = new ClassCounts(classes);
        MatrixSpan<T> predicted = Dense.Of(predictions).View(), actual = Dense.Of(targets).View();
        for (int row = 0; row < predicted.Rows; row++)
            counts.Add(OneHot.Class(actual, row), OneHot.Class(predicted, row));
    }

    public void Reset() => counts?.Clear();
}
