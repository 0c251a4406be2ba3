namespace NeuralNet;

/// <summary>The harmonic mean of precision and recall, <c>F1 = 2·correct / (predicted + actual)</c> of a class; scikit-learn's f1_score.</summary>
/// <remarks>
/// Also called F-measure or Dice coefficient.
/// Predicted and actual classes are those of <see cref="OneHot.Decode"/>; a row of predictions with NaN is no prediction: a wrong one of its actual class.
/// The cases are those of <see cref="ConfusionMatrix.F1(Averaging)"/>, which counts: no sample is kept.
/// </remarks>
public sealed class F1Score : IMetric
{
    private readonly ClassScore score;

    /// <summary>Measures all classes.</summary>
    /// <param name="averaging">How the classes' figures become one; by default their mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">The averaging is not one of the three.</exception>
    public F1Score(Averaging averaging = Averaging.Macro) => score = new("f1", averaging, counts => counts.F1(averaging));

    /// <summary>Measures one class; of two classes, label 1 is scikit-learn's default (<c>average='binary'</c>).</summary>
    /// <param name="label">The class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is less than 0.</exception>
    public F1Score(int label) => score = new("f1", label, counts => counts.F1(label));

    /// <summary>The name with what it measures: <c>f1_macro</c>, <c>f1_class_1</c>.</summary>
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
