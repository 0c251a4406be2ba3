namespace NeuralNet;

/// <summary>Of the samples that were predicted as a class, the share that are of it; scikit-learn's precision_score.</summary>
/// <remarks>
/// Also called positive predictive value.
/// Predicted and actual classes are those of <see cref="OneHot.Decode"/>; a row of predictions with NaN is no prediction: a wrong one of its actual class.
/// The cases are those of <see cref="ConfusionMatrix.Precision(Averaging)"/>, which counts: no sample is kept.
/// </remarks>
public sealed class Precision : IMetric
{
    private readonly ClassScore score;

    /// <summary>Measures all classes.</summary>
    /// <param name="averaging">How the classes' figures become one; by default their mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">The averaging is not one of the three.</exception>
    public Precision(Averaging averaging = Averaging.Macro) => score = new("precision", averaging, counts => counts.Precision(averaging));

    /// <summary>Measures one class; of two classes, label 1 is scikit-learn's default (<c>average='binary'</c>).</summary>
    /// <param name="label">The class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is less than 0.</exception>
    public Precision(int label) => score = new("precision", label, counts => counts.Precision(label));

    /// <summary>The name with what it measures: <c>precision_macro</c>, <c>precision_class_1</c>.</summary>
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
