using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The hyperbolic tangent <c>y = tanh x</c>.</summary>
/// <remarks>
/// Shapes: input and output <c>[N, features]</c>, any shape of sample. Gradient: <c>dL/dx = dy·(1 - y²)</c>.
/// A weight that feeds it begins as <see cref="Xavier"/>.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Tanh<T> : ILayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseFunction<T, TanhOperator<T>> function;

    /// <summary>Creates the layer.</summary>
    public Tanh() => function = new(this, default);

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => new Xavier();

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => function.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => function.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => LayerDescription.Of(this);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>Tanh</c>.</returns>
    public override string ToString() => Describe().ToString();
}
