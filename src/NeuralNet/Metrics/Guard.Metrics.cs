using NeuralNet.Kernels;

namespace NeuralNet;

// Checks of metrics: predictions and targets.
internal static partial class Guard
{
    /// <summary>What a metric compares: predictions and targets of one shape.</summary>
    public static void Predictions<T>(string who, Matrix<T> predictions, Matrix<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(predictions);
        if (predictions.RowCount == 0)
            throw new ArgumentException($"{who} expects at least one sample, got an empty batch {Text(predictions)}.", nameof(predictions));
        if (predictions.ColumnCount == 0)
            throw new ArgumentException($"{who} expects predictions of at least one column, got {Text(predictions)}.", nameof(predictions));
        SameShape(who, predictions, targets, nameof(targets));
    }

    /// <summary>Predictions as wide as those that a metric has taken in before.</summary>
    public static void SameColumns<T>(string who, int expected, Matrix<T> predictions)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (predictions.ColumnCount != expected)
            throw new ArgumentException($"{who} expects predictions of shape [N, {expected}], as those before, got {Text(predictions)}. Call Reset to begin anew.", nameof(predictions));
    }

    /// <summary>Predictions of classes, of so many where that is known, and targets that are some of them.</summary>
    /// <returns>The number of classes.</returns>
    public static int ClassPredictions<T>(string who, int? expected, Matrix<T> predictions, Matrix<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Predictions(who, predictions, targets);
        int classes = OneHot.Classes(predictions.ColumnCount);
        if (classes != (expected ?? classes))
            throw new ArgumentException($"{who} expects predictions of shape [N, {expected}]{(expected == 2 ? " or [N, 1]" : "")}, got {Text(predictions)}.", nameof(predictions));
        TargetClasses(who, Dense.Of(targets).View());
        return classes;
    }

    public static void SeveralColumns<T>(string who, Matrix<T> predictions)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (predictions.ColumnCount < 2)
            throw new ArgumentException($"{who} expects predictions of at least 2 columns, one for each class, got {Text(predictions)}.", nameof(predictions));
    }

    /// <summary>The class that a metric measures is one of those that there are.</summary>
    public static void HasClass(string who, int label, int classes)
    {
        if (label >= classes)
            throw new ArgumentException($"{who} expects predictions of more than {label} classes, got {classes}.");
    }

    /// <summary>Targets that are classes.</summary>
    public static void TargetClasses<T>(string who, MatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < targets.Values.Length; i++)
        {
            if (T.IsNaN(targets.Values[i]))
                throw new ArgumentException($"{who} expects targets that are classes; got NaN at row {i % targets.Rows}, column {i / targets.Rows}.", nameof(targets));
        }
    }
}
