namespace NeuralNet;

/// <summary>The node <c>z = x / y</c>, element by element, of a computational graph.</summary>
/// <remarks>
/// Shapes: both inputs, the output and all gradients are of one shape; a scalar is a 1x1 matrix. Gradients: <c>dL/dx = dz / y</c>, <c>dL/dy = -dz·x / y²</c>.
/// The returned matrices are new ones.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Divide<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Matrix<T>? x;
    private Matrix<T>? y;

    /// <summary>Computes the node's output.</summary>
    /// <param name="x">The left input.</param>
    /// <param name="y">The right input.</param>
    /// <returns>The output, of the same shape.</returns>
    /// <exception cref="ArgumentException">The inputs are not of one shape.</exception>
    public Matrix<T> Forward(Matrix<T> x, Matrix<T> y)
    {
        Guard.NotEmpty(this, x);
        Guard.SameShape(this, x, y, nameof(y));
        (this.x, this.y) = (x, y);
        return x.PointwiseDivide(y);
    }

    /// <summary>Computes the gradients of both inputs of the latest <see cref="Forward"/>.</summary>
    /// <param name="outputGradient">dL/d(output).</param>
    /// <returns>dL/dx and dL/dy.</returns>
    /// <exception cref="InvalidOperationException">There was no Forward yet.</exception>
    /// <exception cref="ArgumentException">The gradient is not of the output's shape.</exception>
    public (Matrix<T> X, Matrix<T> Y) Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, x, outputGradient);
        return (outputGradient.PointwiseDivide(y), -outputGradient.PointwiseMultiply(x.PointwiseDivide(y!)).PointwiseDivide(y!));
    }

    /// <summary>The node's name.</summary>
    /// <returns><c>Divide</c>.</returns>
    public override string ToString() => "Divide";
}
