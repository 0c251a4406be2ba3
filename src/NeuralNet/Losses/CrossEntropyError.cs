using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Cross-entropy of probabilities, <c>l = -Σ t·log x</c> in nats.</summary>
/// <remarks>
/// Shapes: probabilities and targets <c>[N, classes]</c>. Reduction: the sum over classes, then the mean over samples. Gradient: <c>dL/dx = -t / (x·N)</c>, 0 where t is 0.
/// 0·log 0 counts as 0; a probability of 0 on the true class is an infinite loss, not a clamped one. Behind a <see cref="Softmax{T}"/> prefer
/// <see cref="SoftmaxWithLoss{T}"/>, which computes both in one without cancelling. The head is the identity: Predict gives the probabilities themselves.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class CrossEntropyError<T> : ILossLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseLossFunction<T, CrossEntropyOperator<T>> loss;

    /// <summary>Creates the loss.</summary>
    public CrossEntropyError() => loss = new(this, new Identity<T>(), default(CrossEntropyOperator<T>), meanOverOutputs: false);

    /// <inheritdoc/>
    public double Forward(Matrix<T> input, Matrix<T> target, ReadOnlySpan<T> sampleWeights = default) => loss.Forward(input, target, sampleWeights);

    /// <inheritdoc/>
    public Matrix<T> Backward() => loss.Backward();

    /// <summary>The head: the probabilities themselves.</summary>
    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => loss.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => loss.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => LayerDescription.Of(this);

    /// <summary>The loss in one line.</summary>
    /// <returns><c>CrossEntropyError</c>.</returns>
    public override string ToString() => Describe().ToString();
}
