namespace NeuralNet;

/// <summary>Gives a sample another shape of as many numbers, <c>y = x</c>: a pass-through that returns its arguments themselves. Also called Unflatten, View.</summary>
/// <remarks>
/// Shapes: input of any shape of sample with as many numbers, output of the given shape; the numbers keep their order, so a flat row becomes an image in channel, height, width order.
/// Gradient: <c>dL/dx = dy</c>.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Reshape<T> : ILayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Shape shape;
    private Matrix<T>? y;

    /// <summary>Creates the layer.</summary>
    /// <param name="shape">The shape of an output sample.</param>
    public Reshape(Shape shape)
    {
        Guard.Precision<T>();
        ArgumentNullException.ThrowIfNull(shape);
        this.shape = shape;
    }

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        Guard.SampleSize(this, shape.Size, inputShape);
        return shape;
    }

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input)
    {
        Guard.Input(this, shape.Size, input);
        return y = input;
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        return outputGradient;
    }

    /// <inheritdoc/>
    public LayerDescription Describe() => new LayerDescription("Reshape").With("shape", shape);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>Reshape(1x28x28)</c>.</returns>
    public override string ToString() => Describe().ToString();
}
