using System.Diagnostics.CodeAnalysis;
using NeuralNet.Kernels;

namespace NeuralNet;

// Checks of losses: targets, weights and the order of calls.
internal static partial class Guard
{
    /// <summary>Two classes or more, and why: a softmax over one score learns nothing.</summary>
    public static void SeveralScores(object who, Shape inputShape, string why = "a softmax over one score is always 1. Use SigmoidWithLoss for two classes in one output.")
    {
        if (inputShape.Size < 2)
            throw new ArgumentException($"{who} expects at least 2 scores a sample, got 1: {why}", nameof(inputShape));
    }

    /// <summary>What a loss compares: scores and targets of one shape, and weights for the samples or none.</summary>
    public static void Loss<T>(object who, Matrix<T> input, Matrix<T> target, ReadOnlySpan<T> sampleWeights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NotEmpty(who, input);
        SameShape(who, input, target, nameof(target));
        SampleWeights(who, input.RowCount, sampleWeights);
    }

    /// <summary>What a loss is divided by.</summary>
    public static double TotalWeight(object who, double total)
    {
        if (total == 0)
            throw new ArgumentException($"{who}: no target has a class of weight greater than 0 in a sample of weight greater than 0, so there is nothing to take the mean of.");
        return total;
    }

    /// <summary>Weights for the outputs of a loss, or none.</summary>
    public static void OutputWeights<T>(ReadOnlySpan<double> weights, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < weights.Length; i++)
        {
            T rounded = T.CreateTruncating(weights[i]);
            if (double.IsFinite(weights[i]) && (!T.IsFinite(rounded) || (rounded == T.Zero && weights[i] != 0)))
                throw new ArgumentException($"{name} must be neither 0 nor infinite when rounded to {typeof(T).Name}; got {Number(weights[i])} at index {i}.", name);
            if (!double.IsFinite(weights[i]) || weights[i] < 0)
                throw new ArgumentException($"{name} must be finite and at least 0; got {Number(weights[i])} at index {i}.", name);
        }

        if (!weights.IsEmpty && weights.IndexOfAnyExcept(0) < 0)
            throw new ArgumentException($"{name} must not all be 0.", name);
    }

    /// <summary>Class weights where labels are smoothed: the classes' shares in a target count, whatever its own class weighs, so that the mean of a part could be one over a weight of 0.</summary>
    public static void SmoothedClassWeights(ReadOnlySpan<double> weights, string name)
    {
        if (weights.Contains(0))
            throw new ArgumentException($"{name} must be greater than 0 where labels are smoothed, because every class has a share in every target; got 0 at index {weights.IndexOf(0)}.", name);
    }

    public static void OnePerOutput(object who, int outputs, int found, string name)
    {
        if (found != outputs)
            throw new ArgumentException($"{who} expects {outputs} {name}, one for each output, got {found}.", name);
    }

    /// <summary>Targets of a loss between distributions.</summary>
    public static void TargetsNotNegative<T>(object who, Matrix<T> target, ReadOnlySpan<T> sampleWeights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int column = 0; column < target.ColumnCount; column++)
        {
            ReadOnlySpan<T> values = target.View().Column(column);
            for (int row = 0; row < values.Length; row++)
            {
                if (!(values[row] >= T.Zero) && Counts(sampleWeights, row))
                    throw new ArgumentException($"{who} expects targets of at least 0; got {Number(values[row])} at row {row}, column {column}.", nameof(target));
            }
        }
    }

    /// <summary>Targets of a loss that asks for the class itself.</summary>
    public static void OneHotRows<T>(object who, Matrix<T> target, ReadOnlySpan<T> sampleWeights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        MatrixSpan<T> t = target.View();
        for (int row = 0; row < t.Rows; row++)
        {
            if (!Counts(sampleWeights, row))
                continue;
            int ones = 0;
            for (int column = 0; column < t.Columns; column++)
            {
                if (t[row, column] != T.Zero && t[row, column] != T.One)
                    throw new ArgumentException($"{who} expects one-hot targets, a single 1 in each row and else 0; got {Number(t[row, column])} at row {row}, column {column}.", nameof(target));
                ones += t[row, column] == T.One ? 1 : 0;
            }

            if (ones != 1)
                throw new ArgumentException($"{who} expects one-hot targets, a single 1 in each row and else 0; got {ones} ones in row {row}.", nameof(target));
        }
    }

    private static bool Counts<T>(ReadOnlySpan<T> sampleWeights, int row)
        where T : unmanaged, IFloatingPointIeee754<T> => sampleWeights.IsEmpty || sampleWeights[row] != T.Zero;

    public static void LossCame(object who, [NotNull] object? target)
    {
        if (target is null)
            throw new InvalidOperationException($"{who}: Backward was called before Forward with a target.");
    }
}
