namespace NeuralNet;

/// <summary>The identity <c>y = x</c>: a pass-through that returns its arguments themselves.</summary>
/// <remarks>Shapes: input and output <c>[N, features]</c>, any shape of sample. Gradient: <c>dL/dx = dy</c>.</remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Identity<T> : ILayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Matrix<T>? y;

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input)
    {
        Guard.NotEmpty(this, input);
        return y = input;
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        return outputGradient;
    }

    /// <inheritdoc/>
    public LayerDescription Describe() => LayerDescription.Of(this);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>Identity</c>.</returns>
    public override string ToString() => Describe().ToString();
}
