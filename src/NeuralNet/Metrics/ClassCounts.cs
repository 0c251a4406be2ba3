namespace NeuralNet;

/// <summary>Three counts of each class, which is all that precision, recall and F1 need of a <see cref="ConfusionMatrix"/>.</summary>
/// <remarks>The figures are scikit-learn's with its defaults: 0 where there is nothing to divide by. Without any sample they are NaN.</remarks>
internal sealed class ClassCounts(int classes)
{
    // Of each class: how many samples of it were predicted as such, how many of any class were predicted as it, how many are of it.
    private readonly long[] correct = new long[classes], predicted = new long[classes], actual = new long[classes];

    public int Classes => classes;

    public long Count { get; private set; }

    public long Correct => correct.Sum();

    /// <summary>Counts a sample.</summary>
    /// <param name="actualLabel">Its class.</param>
    /// <param name="predictedLabel">What it was predicted as, or -1 for nothing.</param>
    public void Add(int actualLabel, int predictedLabel)
    {
        Count++;
        actual[actualLabel]++;
        if (predictedLabel >= 0)
            predicted[predictedLabel]++;
        if (predictedLabel == actualLabel)
            correct[actualLabel]++;
    }

    public void Clear()
    {
        Count = 0;
        Array.Clear(correct);
        Array.Clear(predicted);
        Array.Clear(actual);
    }

    public double Precision(int label) => Figure(label, Precision);

    public double Precision(Averaging averaging) => Figure(averaging, Precision);

    public double Recall(int label) => Figure(label, Recall);

    public double Recall(Averaging averaging) => Figure(averaging, Recall);

    public double F1(int label) => Figure(label, F1);

    public double F1(Averaging averaging) => Figure(averaging, F1);

    public long ActualOf(int label) => actual[label];

    private static double Precision(long correct, long predicted, long actual) => Ratio(correct, predicted);

    private static double Recall(long correct, long predicted, long actual) => Ratio(correct, actual);

    private static double F1(long correct, long predicted, long actual) => Ratio(2 * correct, predicted + actual);

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private double Figure(int label, Func<long, long, long, double> figure) => Count == 0 ? double.NaN : figure(correct[label], predicted[label], actual[label]);

    private double Figure(Averaging averaging, Func<long, long, long, double> figure)
    {
        Guard.Defined(averaging, "Macro, Micro or Weighted", nameof(averaging));
        if (Count == 0)
            return double.NaN;
        if (averaging == Averaging.Micro)
            return figure(Correct, predicted.Sum(), Count);

        double sum = 0, total = 0;
        for (int label = 0; label < classes; label++)
        {
            double weight = averaging == Averaging.Weighted ? actual[label] : predicted[label] + actual[label] > 0 ? 1 : 0;
            (sum, total) = (sum + (weight * Figure(label, figure)), total + weight);
        }

        return sum / total;
    }
}
