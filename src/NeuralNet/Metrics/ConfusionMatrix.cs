using System.Globalization;
using System.Text;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>How often samples of each actual class were predicted as each class.</summary>
/// <remarks>
/// A predicted label of -1 is no prediction, as <see cref="OneHot.Decode"/> gives where a row contains NaN.
/// It counts as a sample, as a wrong one, and stands in a column of its own.
/// Precision, recall and F1 are scikit-learn's with its defaults: 0 where there is nothing to divide by (scikit-learn warns then). Without any sample they are NaN.
/// </remarks>
public sealed class ConfusionMatrix
{
    // No prediction stands behind the classes.
    private readonly long[,] counts;

    // The sums of its rows and columns, and its diagonal: what the figures are of.
    private readonly ClassCounts ofClasses;

    /// <summary>Creates a matrix without samples, to be filled by <see cref="Add"/>.</summary>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two classes.</exception>
    public ConfusionMatrix(int classes)
    {
        Classes = Guard.AtLeast(2, classes, nameof(classes));
        counts = new long[classes, classes + 1];
        ofClasses = new ClassCounts(classes);
    }

    /// <summary>Counts predictions.</summary>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="actual">The true class of each sample, from 0 to <paramref name="classes"/> - 1.</param>
    /// <param name="predicted">The predicted class of each sample, from 0 to <paramref name="classes"/> - 1, or -1 for none.</param>
    /// <exception cref="ArgumentException">The numbers of labels differ, or one is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two classes.</exception>
    public ConfusionMatrix(int classes, ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted)
        : this(classes) => Add(actual, predicted);

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>The number of samples.</summary>
    public long Count => ofClasses.Count;

    /// <summary>The number of samples whose class was predicted.</summary>
    public long Correct => ofClasses.Correct;

    /// <summary>The share of samples whose class was predicted, from 0 to 1; NaN without samples.</summary>
    public double Accuracy => (double)Correct / Count;

    /// <summary>How often samples of one class were predicted as another, or as the same.</summary>
    /// <param name="actual">The true class, from 0 to <see cref="Classes"/> - 1.</param>
    /// <param name="predicted">The predicted class, from 0 to <see cref="Classes"/> - 1, or -1 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A class is out of range.</exception>
    public long this[int actual, int predicted]
    {
        get
        {
            Checked(actual, nameof(actual));
            Guard.InRange(predicted, predicted >= -1 && predicted < Classes, $"from 0 to {Classes - 1}, or -1 for none", nameof(predicted));
            return counts[actual, predicted < 0 ? Classes : predicted];
        }
    }

    /// <summary>Counts more predictions, for example those of the next batch.</summary>
    /// <param name="actual">The true class of each sample, from 0 to <see cref="Classes"/> - 1.</param>
    /// <param name="predicted">The predicted class of each sample, from 0 to <see cref="Classes"/> - 1, or -1 for none.</param>
    /// <exception cref="ArgumentException">The numbers of labels differ, or one is out of range; nothing is counted then.</exception>
    public void Add(ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted)
    {
        if (actual.Length != predicted.Length)
            throw new ArgumentException($"There must be as many predicted labels as actual ones: expected {actual.Length}, got {predicted.Length}.", nameof(predicted));
        for (int i = 0; i < actual.Length; i++)
        {
            if (actual[i] < 0 || actual[i] >= Classes)
                throw new ArgumentException($"Actual labels must be from 0 to {Classes - 1}; got {actual[i]} at index {i}.", nameof(actual));
            if (predicted[i] < -1 || predicted[i] >= Classes)
                throw new ArgumentException($"Predicted labels must be from 0 to {Classes - 1}, or -1 for none; got {predicted[i]} at index {i}.", nameof(predicted));
        }

        for (int i = 0; i < actual.Length; i++)
            AddSample(actual[i], predicted[i]);
    }

    /// <summary>Counts more predictions, as a network and a data set give them.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="predictions">Scores or probabilities, <c>[N, classes]</c>, or one column for two classes: their classes are those of <see cref="OneHot.Decode"/>.</param>
    /// <param name="targets">One-hot rows, or one column, of the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ, the columns are not those of so many classes, or a target is NaN; nothing is counted then.</exception>
    public void Add<T>(Matrix<T> predictions, Matrix<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.ClassPredictions(nameof(ConfusionMatrix), Classes, predictions, targets);
        MatrixSpan<T> predicted = Dense.Of(predictions).View(), actual = Dense.Of(targets).View();
        for (int row = 0; row < predicted.Rows; row++)
            AddSample(OneHot.Class(actual, row), OneHot.Class(predicted, row));
    }

    /// <summary>Forgets all samples.</summary>
    public void Clear()
    {
        Array.Clear(counts);
        ofClasses.Clear();
    }

    /// <summary>The share of the samples predicted as a class that are of it, from 0 to 1; 0 where none was. Also called positive predictive value.</summary>
    /// <param name="label">The class, from 0 to <see cref="Classes"/> - 1.</param>
    /// <returns>The precision.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public double Precision(int label) => ofClasses.Precision(Checked(label));

    /// <summary>The precision of all classes in one figure.</summary>
    /// <param name="averaging">How; the mean is over the classes that occur, among actual or predicted ones.</param>
    /// <returns>The precision. With <see cref="Averaging.Micro"/> the share of the predictions that are right.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The averaging is not one of the three.</exception>
    public double Precision(Averaging averaging) => ofClasses.Precision(averaging);

    /// <summary>The share of a class's samples that were predicted as such, from 0 to 1; 0 where the class has no samples. Also called sensitivity.</summary>
    /// <param name="label">The class, from 0 to <see cref="Classes"/> - 1.</param>
    /// <returns>The recall.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public double Recall(int label) => ofClasses.Recall(Checked(label));

    /// <summary>The recall of all classes in one figure.</summary>
    /// <param name="averaging">How; the mean is over the classes that occur, among actual or predicted ones.</param>
    /// <returns>The recall. With <see cref="Averaging.Micro"/> and <see cref="Averaging.Weighted"/> it is the accuracy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The averaging is not one of the three.</exception>
    public double Recall(Averaging averaging) => ofClasses.Recall(averaging);

    /// <summary>The harmonic mean of a class's precision and recall, <c>2·correct / (predicted + actual)</c>, from 0 to 1; 0 where the class does not occur.</summary>
    /// <param name="label">The class, from 0 to <see cref="Classes"/> - 1.</param>
    /// <returns>F1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public double F1(int label) => ofClasses.F1(Checked(label));

    /// <summary>F1 of all classes in one figure.</summary>
    /// <param name="averaging">How; the mean is over the classes that occur, among actual or predicted ones.</param>
    /// <returns>F1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The averaging is not one of the three.</exception>
    public double F1(Averaging averaging) => ofClasses.F1(averaging);

    /// <summary>A table for a terminal: a row for each actual class, a column for each predicted one, the recall of each class, and the accuracy.</summary>
    /// <returns>Lines of text; a column <c>none</c> only where there are samples without a prediction, <c>-</c> for the recall of a class without samples.</returns>
    public override string ToString()
    {
        bool hasNone = Enumerable.Range(0, Classes).Any(label => counts[label, Classes] > 0);
        string[] heads = [.. Enumerable.Range(0, Classes).Select(Text), .. hasNone ? ["none"] : Array.Empty<string>()];
        int width = Math.Max(heads.Max(head => head.Length), Text(counts.Cast<long>().Max()).Length);

        var table = new StringBuilder();
        table.AppendLine("        predicted").Append("actual").AppendJoin(string.Empty, heads.Select(head => "  " + head.PadLeft(width))).AppendLine("    recall");
        for (int actual = 0; actual < Classes; actual++)
        {
            table.Append(Text(actual).PadLeft("actual".Length));
            for (int predicted = 0; predicted < heads.Length; predicted++)
                table.Append("  ").Append(Text(counts[actual, predicted]).PadLeft(width));
            table.Append("  ").AppendLine((ofClasses.ActualOf(actual) == 0 ? "-" : Percent(Recall(actual))).PadLeft("  recall".Length));
        }

        return table.Append(CultureInfo.InvariantCulture, $"accuracy {Percent(Accuracy)} ({Correct} of {Count})").ToString();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double share) => double.IsNaN(share) ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:F2} %");

    private void AddSample(int actual, int predicted)
    {
        counts[actual, predicted < 0 ? Classes : predicted]++;
        ofClasses.Add(actual, predicted);
    }

    private int Checked(int label, string name = "label") => Guard.InRange(label, label >= 0 && label < Classes, $"from 0 to {Classes - 1}", name);
}
