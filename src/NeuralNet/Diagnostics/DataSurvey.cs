using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>What is to be known of samples and targets, taken in batch by batch.</summary>
internal sealed class DataSurvey<T>(int outputs)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How far a sum of shares may be from 1: far more than rounding, far less than a wrong share.</summary>
    private const double SumTolerance = 1e-3;

    private readonly long[] classCounts = new long[Math.Max(outputs, 2)];
    private double[] sums = [];
    private int[] ones = [];

    /// <summary>The number of samples.</summary>
    public long Count { get; private set; }

    /// <summary>The first number among the features that is not finite; null if all are.</summary>
    public string? NonFiniteInput { get; private set; }

    /// <summary>The first number among the targets that is not finite; null if all are.</summary>
    public string? NonFiniteTarget { get; private set; }

    /// <summary>The first label that the network has no output for, and which sample's it is.</summary>
    public (long Sample, int Label)? WrongLabel { get; private set; }

    /// <summary>The first row of targets that does not sum to 1.</summary>
    public (long Sample, double Sum)? WrongSum { get; private set; }

    /// <summary>The smallest target.</summary>
    public double SmallestTarget { get; private set; } = double.PositiveInfinity;

    /// <summary>The largest target.</summary>
    public double LargestTarget { get; private set; } = double.NegativeInfinity;

    /// <summary>Whether every row of targets is a single 1 among zeros; in one column, whether every target is 0 or 1.</summary>
    public bool AreClasses { get; private set; } = true;

    /// <summary>How many samples each class has, where <see cref="AreClasses"/>.</summary>
    public ReadOnlySpan<long> ClassCounts => classCounts;

    /// <summary>Takes in labels, before they become rows of targets.</summary>
    public void AddLabels(ReadOnlySpan<int> labels)
    {
        for (int i = 0; i < labels.Length && WrongLabel is null; i++)
        {
            if ((uint)labels[i] >= (uint)classCounts.Length)
                WrongLabel = (Count + i, labels[i]);
        }
    }

    /// <summary>Takes in samples.</summary>
    public void Add(Matrix<T> features, Matrix<T> targets)
    {
        AddFeatures(features.View());
        if (targets.RowCount > sums.Length)
            (sums, ones) = (new double[targets.RowCount], new int[targets.RowCount]);
        Array.Clear(sums);
        Array.Clear(ones);
        for (int column = 0; column < targets.ColumnCount; column++)
            AddTargets(targets.View().Column(column), column);
        for (int row = 0; row < targets.RowCount; row++)
        {
            if (outputs > 1 && WrongSum is null && !(Math.Abs(sums[row] - 1) <= SumTolerance))
                WrongSum = (Count + row, sums[row]);
            AreClasses &= outputs == 1 || ones[row] == 1;
        }

        Count += targets.RowCount;
    }

    private void AddFeatures(MatrixSpan<T> features)
    {
        for (int column = 0; column < features.Columns && NonFiniteInput is null; column++)
        {
            Span<T> values = features.Column(column);
            for (int row = 0; row < values.Length; row++)
            {
                if (!T.IsFinite(values[row]))
                {
                    NonFiniteInput = $"{Guard.Number(values[row])} in feature {column} of sample {Count + row}";
                    break;
                }
            }
        }
    }

    private void AddTargets(ReadOnlySpan<T> values, int column)
    {
        for (int row = 0; row < values.Length; row++)
        {
            double target = double.CreateTruncating(values[row]);
            if (!double.IsFinite(target))
                NonFiniteTarget ??= $"{Guard.Number(target)} in column {column} of sample {Count + row}";
            (SmallestTarget, LargestTarget) = (Math.Min(SmallestTarget, target), Math.Max(LargestTarget, target));
            sums[row] += target;
            AreClasses &= target is 0 or 1;
            ones[row] += target == 1 ? 1 : 0;
            if (outputs == 1 && target is 0 or 1)
                classCounts[(int)target]++;
            else if (target == 1)
                classCounts[column]++;
        }
    }
}
