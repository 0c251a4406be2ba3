using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Fixed numbers for every feature, <c>y = factor·x + offset</c>, such as 1/255 for the bytes of an image; Keras' Rescaling. It learns nothing.</summary>
/// <remarks>
/// Shapes: input and output <c>[N, features]</c>, any shape of sample. Gradient: <c>dL/dx = factor·dy</c>. Rounded once. NaN stays NaN.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Scale<T> : ILayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseFunction<T, ScaleOperator<T>> function;
    private readonly double factor;
    private readonly double offset;

    /// <summary>Creates the layer.</summary>
    /// <param name="factor">What the input is multiplied by, finite.</param>
    /// <param name="offset">What is added then, finite; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or beyond the precision.</exception>
    public Scale(double factor, double offset = 0)
    {
        (this.factor, this.offset) = (Guard.Finite<T>(factor, nameof(factor)), Guard.Finite<T>(offset, nameof(offset)));
        function = new(this, new(T.CreateTruncating(factor), T.CreateTruncating(offset)));
    }

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => function.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => function.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => new LayerDescription("Scale").With("factor", factor).With("offset", offset);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>Scale(0.5, 0)</c>.</returns>
    public override string ToString() => Describe().ToString();
}
