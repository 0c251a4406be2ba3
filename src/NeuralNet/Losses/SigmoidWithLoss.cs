using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Binary cross-entropy of scores, <c>l = -t·log σ(x) - (1 - t)·log(1 - σ(x))</c> in nats; PyTorch's BCEWithLogitsLoss, Keras' BinaryCrossentropy(from_logits).</summary>
/// <remarks>
/// <para>
/// Shapes: scores and targets <c>[N, outputs]</c>, targets from 0 to 1. Reduction: the mean over all elements, as PyTorch. Gradient: <c>dL/dx = (σ(x) - t) / (N·outputs)</c>.
/// Computed by log(1 + e^-|x|), safe for scores of any finite size. The head is the sigmoid: Predict gives probabilities.
/// A weight that feeds it begins as <see cref="Xavier"/>.
/// </para>
/// <para>
/// With label smoothing s a target is <c>(1 - s)·t + s / 2</c>, as in Keras (PyTorch has none). With output weights w and positive weights p it is
/// <c>l = -w·(p·t·log σ(x) + (1 - t)·log(1 - σ(x)))</c>, with the smoothed t. The mean still divides by N·outputs and not by the weights, as PyTorch.
/// </para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class SigmoidWithLoss<T> : ILossLayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseLossFunction<T, BinaryCrossEntropyOperator<T>> loss;
    private readonly Sigmoid<T> head = new();
    private readonly OutputWeights outputWeights;
    private readonly OutputWeights positiveWeights;
    private readonly double labelSmoothing;

    /// <summary>Creates the loss.</summary>
    /// <param name="labelSmoothing">How far every target is drawn towards 1/2, in [0, 1); 0 by default.</param>
    /// <param name="outputWeights">How much each output counts, one for each, at least 0 and not all 0; 1 each by default. PyTorch's weight.</param>
    /// <param name="positiveWeights">How much a target of 1 counts beside a target of 0, one for each output, at least 0 and not all 0; 1 each by default. PyTorch's pos_weight.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing is out of range.</exception>
    /// <exception cref="ArgumentException">A weight is out of range.</exception>
    public SigmoidWithLoss(double labelSmoothing = 0, ReadOnlySpan<double> outputWeights = default, ReadOnlySpan<double> positiveWeights = default)
    {
        this.labelSmoothing = Guard.Share(labelSmoothing, nameof(labelSmoothing));
        this.outputWeights = OutputWeights.Of<T>(outputWeights, nameof(outputWeights));
        this.positiveWeights = OutputWeights.Of<T>(positiveWeights, nameof(positiveWeights));
        loss = new(this, head, Operators, meanOverOutputs: true);
    }

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => head.FeedingInitializer;

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        Operators(inputShape.Size);
        return inputShape;
    }

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
    public LayerDescription Describe() =>
        new LayerDescription("SigmoidWithLoss", OutputWeights.Text(labelSmoothing == 0 ? "" : $"labelSmoothing {Guard.Number(labelSmoothing)}", outputWeights, positiveWeights))
            .With("labelSmoothing", labelSmoothing).With("outputWeights", outputWeights.Values).With("positiveWeights", positiveWeights.Values);

    /// <summary>The loss in one line.</summary>
    /// <returns><c>SigmoidWithLoss</c>, with what differs from the defaults: <c>SigmoidWithLoss(labelSmoothing 0.1, 3 positiveWeights)</c>.</returns>
    public override string ToString() => Describe().ToString();

    private BinaryCrossEntropyOperator<T>[] Operators(int outputs)
    {
        outputWeights.Check(this, outputs);
        positiveWeights.Check(this, outputs);
        T smoothing = T.CreateTruncating(labelSmoothing);
        return [.. Enumerable.Range(0, outputs).Select(output => new BinaryCrossEntropyOperator<T>(outputWeights.At<T>(output), positiveWeights.At<T>(output), smoothing))];
    }
}
