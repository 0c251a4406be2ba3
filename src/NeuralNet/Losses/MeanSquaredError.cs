using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The squared error <c>l = (x - t)²</c>; PyTorch's MSELoss.</summary>
/// <remarks>
/// Shapes: outputs and targets <c>[N, outputs]</c>. Reduction: the mean over all elements, as PyTorch. Gradient: <c>dL/dx = 2·(x - t) / (N·outputs)</c>.
/// The head is the identity: Predict gives the outputs themselves.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class MeanSquaredError<T> : ILossLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseLossFunction<T, SquaredErrorOperator<T>> loss;

    /// <summary>Creates the loss.</summary>
    public MeanSquaredError() => loss = new(this, new Identity<T>(), default(SquaredErrorOperator<T>), meanOverOutputs: true);

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
    /// <returns><c>MeanSquaredError</c>.</returns>
    public override string ToString() => Describe().ToString();
}
