namespace NeuralNet;

/// <summary>Of the samples that are of a class, the share that were predicted as such; scikit-learn's recall_score.</summary>
/// <remarks>
/// Also called sensitivity or true positive rate; with <see cref="Averaging.Macro"/>, where all classes have samples, also balanced accuracy.
/// Predicted and actual classes are those of <see cref="OneHot.Decode"/>; a row of predictions with NaN is no prediction: a wrong one of its actual class.
/// The cases are those of <see cref="ConfusionMatrix.Recall(Averaging)"/>, which counts: no sample is kept.
/// </remarks>
public sealed class Recall : IMetric
{
    private readonly ClassScore score;

    /// <summary>Measures all classes.</summary>
    /// <param name="averaging">How the classes' figures become one; by default their mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">The averaging is not one of the three.</exception>
    public Recall(Averaging averaging = Averaging.Macro) => score = new("recall", averaging, counts => counts.Recall(averaging));

    /// <summary>Measures one class; of two classes, label 1 is scikit-learn's default (<c>average='binary'</c>).</summary>
    /// <param name="label">The class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is less than 0.</exception>
    public Recall(int label) => score = new("recall", label, counts => counts.Recall(label));

    /// <summary>The name with what it measures: <c>recall_macro</c>, <c>recall_class_1</c>.</summary>
    public string Name => score.Name;

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <summary>The figure, from 0 to 1; NaN before the first batch.</summary>
    public double Value => score.Value;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ, there is another number of classes than before or not the one measured, or a target is NaN; nothing is counted then.</exception>
    public void Add<T>(Matrix<T> predictions, Matrix<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T> => score.Add(predictions, targets);

    /// <inheritdoc/>
    public void Reset() => score.Reset();
}
