using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// The hinge loss of a support vector machine of several classes, <c>l = Σ_k max(0, margin - x_true + x_k) / classes</c> over all classes k but the true one; PyTorch's MultiMarginLoss.
/// </summary>
/// <remarks>
/// <para>
/// Shapes: scores and targets <c>[N, classes]</c>, at least two classes; a target is one-hot. Reduction: the sum over classes divided by their number, then the mean over samples, as PyTorch.
/// Gradient: <c>dL/dx_k = 1 / (N·classes)</c> for each other class k within the margin, 0 for those beyond it and at its edge, and at the true class less as many of these.
/// The head is the identity: Predict gives the scores themselves, of which the largest is the class. They are no probabilities.
/// </para>
/// <para>
/// Every class within the margin counts, as Weston and Watkins have it; Keras' CategoricalHinge takes the worst alone, as Crammer and Singer. For two classes use two outputs: on
/// their difference this is half of the binary hinge, Keras' Hinge. PyTorch's HingeEmbeddingLoss is a loss of distances, not of scores.
/// </para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://www.esann.org/sites/default/files/proceedings/legacy/es1999-461.pdf">Weston and Watkins (1999), Support Vector Machines for Multi-Class Pattern Recognition.</seealso>
public sealed class Hinge<T> : ILossLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchBuffer<T> inputGradients = new();
    private readonly SampleMean<T> mean = new();
    private readonly double margin;
    private Matrix<T>? x;
    private Matrix<T>? t;

    /// <summary>Creates the loss.</summary>
    /// <param name="margin">By how much the true class's score must exceed each other for no loss, greater than 0 and finite; 1 by default, as PyTorch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The margin is out of range.</exception>
    public Hinge(double margin = 1) => this.margin = Guard.Positive<T>(margin, nameof(margin));

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        Guard.SeveralScores(this, inputShape, "the true class is compared with the others. Use two outputs for two classes.");
        return inputShape;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes of scores, targets and weights do not match, a weight is out of range, or a target is not one-hot.</exception>
    public double Forward(Matrix<T> input, Matrix<T> target, ReadOnlySpan<T> sampleWeights = default)
    {
        Guard.Loss(this, input, target, sampleWeights);
        Matrix<T> targets = Dense.Of(target);
        Guard.OneHotRows(this, targets, sampleWeights);
        (x, t) = (Dense.Of(input), targets);
        HingeKernel.Forward(T.CreateTruncating(margin), x.View(), t.View(), mean.Losses(x.RowCount));
        return mean.Reduce(x.RowCount, sampleWeights, ((ILossLayer<T>)this).TotalWeight(t, sampleWeights));
    }

    /// <inheritdoc/>
    public Matrix<T> Backward()
    {
        Guard.LossCame(this, t);
        Matrix<T> inputGradient = inputGradients.Like(t);
        HingeKernel.Backward(T.CreateTruncating(margin), x!.View(), t.View(), mean.Scales(t.RowCount), inputGradient.View());
        return inputGradient;
    }

    /// <summary>The head: the scores themselves.</summary>
    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input)
    {
        Guard.NotEmpty(this, input);
        t = null;
        return x = input;
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, x, outputGradient);
        return outputGradient;
    }

    /// <inheritdoc/>
    public LayerDescription Describe() => new LayerDescription("Hinge").With("margin", margin);

    /// <summary>The loss in one line.</summary>
    /// <returns><c>Hinge(1)</c>.</returns>
    public override string ToString() => Describe().ToString();
}
