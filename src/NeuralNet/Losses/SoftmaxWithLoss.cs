using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Softmax and cross-entropy in one, <c>l = -Σ_k t_k·log softmax(x)_k</c> in nats; PyTorch's CrossEntropyLoss on scores (logits).</summary>
/// <remarks>
/// Shapes: scores and targets <c>[N, classes]</c>, at least two classes; a target is one-hot, or a distribution. Reduction: the sum over classes, then the mean over samples.
/// Gradient: <c>dL/dx = (y·Σt - t) / N</c> with <c>y = softmax(x)</c>, which is <c>(y - t) / N</c> for targets that sum to 1.
/// Computed by log-sum-exp, <c>log y = (x - max) - log Σ e^(x - max)</c>, safe for scores of any finite size: nothing is clamped.
/// The head is the softmax: Predict gives probabilities. A weight that feeds it begins as <see cref="Xavier"/>.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class SoftmaxWithLoss<T> : ILossLayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchBuffer<T> inputGradients = new();
    private readonly BatchBuffer<T> targetSums = new();
    private readonly SampleMean<T> mean = new();
    private readonly Softmax<T> head = new();
    private Matrix<T>? y;
    private Matrix<T>? t;

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => head.FeedingInitializer;

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        Guard.SeveralScores(this, inputShape);
        return inputShape;
    }

    /// <inheritdoc/>
    public double Forward(Matrix<T> input, Matrix<T> target, ReadOnlySpan<T> sampleWeights = default)
    {
        Guard.Loss(this, input, target, sampleWeights);
        (Matrix<T> x, t) = (Dense.Of(input), Dense.Of(target));
        y = head.Forward(x);
        SoftmaxKernel.CrossEntropy(x.View(), t.View(), head.Maxima, head.LogSums, mean.Losses(x.RowCount), TargetSums);
        return mean.Reduce(x.RowCount, sampleWeights, parts: 1);
    }

    /// <inheritdoc/>
    public Matrix<T> Backward()
    {
        Guard.LossCame(this, t);
        Matrix<T> inputGradient = inputGradients.Like(t);
        SoftmaxKernel.CrossEntropyBackward(y!.View(), t.View(), TargetSums, mean.Scales(t.RowCount), inputGradient.View());
        return inputGradient;
    }

    /// <summary>The head: the softmax of the scores.</summary>
    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input)
    {
        Guard.NotEmpty(this, input);
        t = null;
        return y = head.Forward(input);
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        return head.Backward(outputGradient);
    }

    /// <inheritdoc/>
    public LayerDescription Describe() => LayerDescription.Of(this);

    /// <summary>The loss in one line.</summary>
    /// <returns><c>SoftmaxWithLoss</c>.</returns>
    public override string ToString() => Describe().ToString();

    private Span<T> TargetSums => targetSums.For(t!.RowCount, 1).Values();
}
