using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The rectified linear unit that stops at 6, <c>y = min(max(x, 0), 6)</c>.</summary>
/// <remarks>
/// Shapes: input and output <c>[N, features]</c>, any shape of sample. Gradient: <c>dL/dx = dy</c> where 0 &lt; x &lt; 6, else 0 (0 at the kinks, as PyTorch). NaN stays NaN.
/// A weight that feeds it begins as <see cref="He"/>.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Relu6<T> : ILayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseFunction<T, Relu6Operator<T>> function;

    /// <summary>Creates the layer.</summary>
    public Relu6() => function = new(this, default);

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => new He();

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => function.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => function.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => LayerDescription.Of(this);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>Relu6</c>.</returns>
    public override string ToString() => Describe().ToString();
}
