namespace NeuralNet;

/// <summary>Lets a sample of any shape count as flat, <c>y = x</c>: a pass-through that returns its arguments themselves.</summary>
/// <remarks>
/// Shapes: input of any shape of sample, output <c>[N, features]</c>, in memory the same: an image is a row in channel, height, width order, as PyTorch's Flatten makes it.
/// Gradient: <c>dL/dx = dy</c>. <see cref="Affine{T}"/> takes any shape without it; layers that treat each channel in its own way, such as <see cref="BatchNormalization{T}"/>, see features behind it.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Flatten<T> : ILayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Matrix<T>? y;

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        return inputShape.Size;
    }

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
    /// <returns><c>Flatten</c>.</returns>
    public override string ToString() => Describe().ToString();
}
