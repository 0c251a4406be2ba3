using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The exponential <c>y = eˣ</c>, as a node of a computational graph.</summary>
/// <remarks>
/// Shapes: input and output <c>[N, features]</c>, any shape of sample. Gradient: <c>dL/dx = dy·y</c>. Overflows to infinity above about 88 in float and 709 in double.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Exp<T> : ILayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseFunction<T, ExpOperator<T>> function;

    /// <summary>Creates the layer.</summary>
    public Exp() => function = new(this, default);

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => function.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => function.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => LayerDescription.Of(this);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>Exp</c>.</returns>
    public override string ToString() => Describe().ToString();
}
