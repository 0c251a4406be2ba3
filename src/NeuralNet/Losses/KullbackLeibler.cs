using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// The Kullback-Leibler divergence of the softmax of scores from a distribution, <c>l = Σ_k t_k·(log t_k - log softmax(x)_k)</c> in nats;
/// PyTorch's KLDivLoss(reduction = "batchmean") on log_softmax.
/// </summary>
/// <remarks>
/// Shapes: scores and targets <c>[N, classes]</c>, at least two classes; a target is a distribution, at least 0 each. Reduction: the sum over classes, then the mean over samples.
/// Gradient: <c>dL/dx = (y·Σt - t) / N</c> with <c>y = softmax(x)</c>, that of <see cref="SoftmaxWithLoss{T}"/>: the two losses differ by the targets' entropy, so that this one is 0 where y is the target.
/// 0·log 0 counts as 0. Computed by log-sum-exp, safe for scores of any finite size. The head is the softmax: Predict gives probabilities. A weight that feeds it begins as <see cref="Xavier"/>.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://doi.org/10.1214/aoms/1177729694">Kullback and Leibler (1951), On Information and Sufficiency.</seealso>
public sealed class KullbackLeibler<T> : ILossLayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SoftmaxLossFunction<T, KullbackLeiblerOperator<T>> loss;

    /// <summary>Creates the loss.</summary>
    public KullbackLeibler() => loss = new(this, classes => new KullbackLeiblerOperator<T>[classes]);

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => loss.FeedingInitializer;

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random) => loss.Build(inputShape);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes of scores, targets and weights do not match, a weight is out of range, or a target is less than 0 or NaN.</exception>
    public double Forward(Matrix<T> input, Matrix<T> target, ReadOnlySpan<T> sampleWeights = default)
    {
        Guard.Loss(this, input, target, sampleWeights);
        target = Dense.Of(target);
        Guard.TargetsNotNegative(this, target, sampleWeights);
        return loss.Forward(input, target, sampleWeights);
    }

    /// <inheritdoc/>
    public Matrix<T> Backward() => loss.Backward();

    /// <summary>The head: the softmax of the scores.</summary>
    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => loss.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => loss.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => LayerDescription.Of(this);

    /// <summary>The loss in one line.</summary>
    /// <returns><c>KullbackLeibler</c>.</returns>
    public override string ToString() => Describe().ToString();
}
