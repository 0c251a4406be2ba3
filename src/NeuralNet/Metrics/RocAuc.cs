using System.Runtime.InteropServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// The area under the receiver operating characteristic: how often a sample of the class is given a greater score than one that is not of it, equal scores counting half; scikit-learn's roc_auc_score.
/// </summary>
/// <remarks>
/// <para>
/// Scores of any scale. One column holds those of class 1; of two columns the second counts. With more, each class is measured against all others (<c>multi_class='ovr'</c>) and these areas are averaged:
/// <see cref="Averaging.Micro"/> is the one area of the pairs of sample and class. Computed from whole numbers, so that neither order nor batches matter.
/// </para>
/// <para>
/// NaN where it is undefined, because a class, or all that is not of it, has no samples (scikit-learn throws), and where a score is NaN.
/// Scores cannot be counted in passing: this metric keeps them, 8 bytes for each sample and class (4 more for the label), and sorts a copy whenever <see cref="Value"/> is read.
/// </para>
/// </remarks>
/// <seealso href="https://doi.org/10.1148/radiology.143.1.7063747">Hanley and McNeil (1982), The Meaning and Use of the Area under a Receiver Operating Characteristic (ROC) Curve.</seealso>
public sealed class RocAuc : IMetric
{
    private readonly Averaging averaging;
    private readonly List<int> labels = [];

    // Of two classes only the second has scores.
    private List<double>[] scores = [];
    private int columns;
    private double[] sorted = [];
    private bool[] isOfClass = [];

    /// <summary>Creates the metric.</summary>
    /// <param name="averaging">How the areas of more than two classes become one; by default their mean. Two classes have one area.</param>
    /// <exception cref="ArgumentOutOfRangeException">The averaging is not one of the three.</exception>
    public RocAuc(Averaging averaging = Averaging.Macro) => this.averaging = Guard.Defined(averaging, "Macro, Micro or Weighted", nameof(averaging));

    /// <summary><c>roc_auc</c>, <c>roc_auc_micro</c> or <c>roc_auc_weighted</c>.</summary>
    public string Name => averaging switch
    {
        Averaging.Micro => "roc_auc_micro",
        Averaging.Weighted => "roc_auc_weighted",
        _ => "roc_auc",
    };

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <summary>The area, from 0 to 1, 0.5 for scores that tell nothing; NaN where it is undefined.</summary>
    public double Value => labels.Count == 0 ? double.NaN : scores.Length == 1 ? Area(0, 1) : averaging == Averaging.Micro ? Area(0, scores.Length) : Average();

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ, there is another number of columns than before, or a target is NaN; nothing is added then.</exception>
    public void Add<T>(Matrix<T> predictions, Matrix<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Predictions(Name, predictions, targets);
        MatrixSpan<T> predicted = Dense.Of(predictions).View(), actual = Dense.Of(targets).View();
        Guard.TargetClasses(Name, actual);
        if (labels.Count == 0 && columns != predicted.Columns)
            (columns, scores) = (predicted.Columns, [.. Enumerable.Range(0, predicted.Columns <= 2 ? 1 : predicted.Columns).Select(_ => new List<double>())]);
        Guard.SameColumns(Name, columns, predictions);

        for (int i = 0; i < scores.Length; i++)
        {
            foreach (T score in predicted.Column(columns == 2 ? 1 : i))
                scores[i].Add(double.CreateTruncating(score));
        }

        for (int row = 0; row < actual.Rows; row++)
            labels.Add(OneHot.Class(actual, row));
    }

    /// <inheritdoc/>
    public void Reset()
    {
        labels.Clear();
        foreach (List<double> ofClass in scores)
            ofClass.Clear();
    }

    private double Average()
    {
        double sum = 0, total = 0;
        for (int label = 0; label < scores.Length; label++)
        {
            double weight = averaging == Averaging.Weighted ? CollectionsMarshal.AsSpan(labels).Count(label) : 1;
            (sum, total) = (sum + (weight * Area(label, 1)), total + weight);
        }

        return sum / total;
    }

    /// <summary>The area of some classes' scores taken as one.</summary>
    private double Area(int first, int classes)
    {
        int count = checked(classes * labels.Count);
        if (sorted.Length < count)
            (sorted, isOfClass) = (new double[count], new bool[count]);
        for (int i = 0; i < count; i++)
        {
            int ofClass = first + (i / labels.Count), sample = i % labels.Count;
            (sorted[i], isOfClass[i]) = (scores[ofClass][sample], labels[sample] == (scores.Length == 1 ? 1 : ofClass));
        }

        sorted.AsSpan(0, count).Sort(isOfClass.AsSpan(0, count));

        // NaN is sorted before all numbers.
        if (double.IsNaN(sorted[0]))
            return double.NaN;

        // Of each pair of a sample of the class and another: 2 where the first has the greater score, 1 where both have the same.
        long points = 0, below = 0, positives = 0;
        for (int start = 0, end; start < count; start = end)
        {
            long own = 0;
            for (end = start; end < count && sorted[end] == sorted[start]; end++)
                own += isOfClass[end] ? 1 : 0;
            long others = end - start - own;
            points += own * ((2 * below) + others);
            (below, positives) = (below + others, positives + own);
        }

        return points / (2.0 * positives * below);
    }
}
