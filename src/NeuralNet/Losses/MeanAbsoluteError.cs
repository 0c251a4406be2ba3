using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The absolute error <c>l = |x - t|</c>; PyTorch's L1Loss.</summary>
/// <remarks>
/// Shapes: outputs and targets <c>[N, outputs]</c>. Reduction: the mean over all elements, as PyTorch. Gradient: <c>dL/dx = sign(x - t) / (N·outputs)</c>, 0 where they are equal.
/// The head is the identity: Predict gives the outputs themselves. An outlier pulls no more than any other sample, so what is learned is a median; <see cref="Huber{T}"/> is smooth near 0.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class MeanAbsoluteError<T> : ILossLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseLossFunction<T, AbsoluteErrorOperator<T>> loss;

    /// <summary>Creates the loss.</summary>
    public MeanAbsoluteError() => loss = new(this, new Identity<T>(), default(AbsoluteErrorOperator<T>), meanOverOutputs: true);

    /// <inheritdoc/>
    public double Forward(Matrix<T> input, Matrix<T> target, ReadOnlySpan<T> sampleWeights = default) => loss.Forward(input, target, sampleWeights);

    /// <inheritdoc/>
    public Matrix<T> Backward() => loss.Backward();

    /// <summary>The head: the outputs themselves.</summary>
    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => loss.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => loss.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => LayerDescription.Of(this);

    /// <summary>The loss in one line.</summary>
    /// <returns><c>MeanAbsoluteError</c>.</returns>
    public override string ToString() => Describe().ToString();
}
