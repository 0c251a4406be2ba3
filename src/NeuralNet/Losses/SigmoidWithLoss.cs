using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Binary cross-entropy of scores, <c>l = -t·log σ(x) - (1 - t)·log(1 - σ(x))</c> in nats; PyTorch's BCEWithLogitsLoss.</summary>
/// <remarks>
/// Shapes: scores and targets <c>[N, outputs]</c>, targets from 0 to 1. Reduction: the mean over all elements, as PyTorch. Gradient: <c>dL/dx = (σ(x) - t) / (N·outputs)</c>.
/// Computed as max(x, 0) - t·x + log(1 + e^-|x|), safe for scores of any finite size. The head is the sigmoid: Predict gives probabilities.
/// A weight that feeds it begins as <see cref="Xavier"/>.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class SigmoidWithLoss<T> : ILossLayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseLossFunction<T, BinaryCrossEntropyOperator<T>> loss;
    private readonly Sigmoid<T> head = new();

    /// <summary>Creates the loss.</summary>
    public SigmoidWithLoss() => loss = new(this, head, default, meanOverOutputs: true);

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => head.FeedingInitializer;

    /// <inheritdoc/>
    public double Forward(Matrix<T> input, Matrix<T> target, ReadOnlySpan<T> sampleWeights = default) => loss.Forward(input, target, sampleWeights);

    /// <inheritdoc/>
    public Matrix<T> Backward() => loss.Backward();

    /// <summary>The head: the sigmoid of the scores.</summary>
    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => loss.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => loss.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => LayerDescription.Of(this);

    /// <summary>The loss in one line.</summary>
    /// <returns><c>SigmoidWithLoss</c>.</returns>
    public override string ToString() => Describe().ToString();
}
