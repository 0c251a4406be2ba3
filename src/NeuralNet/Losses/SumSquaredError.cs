using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Half the sum of squared errors, <c>l = ½ Σ (x - t)²</c>, the loss of <em>Deep Learning from Scratch</em>.</summary>
/// <remarks>
/// Shapes: outputs and targets <c>[N, outputs]</c>. Reduction: half the sum over outputs, then the mean over samples. Gradient: <c>dL/dx = (x - t) / N</c>.
/// The head is the identity: Predict gives the outputs themselves.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class SumSquaredError<T> : ILossLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseLossFunction<T, HalfSquaredErrorOperator<T>> loss;

    /// <summary>Creates the loss.</summary>
    public SumSquaredError() => loss = new(this, new Identity<T>(), default(HalfSquaredErrorOperator<T>), meanOverOutputs: false);

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
    /// <returns><c>SumSquaredError</c>.</returns>
    public override string ToString() => Describe().ToString();
}
