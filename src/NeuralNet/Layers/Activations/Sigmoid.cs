using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The logistic function <c>y = 1 / (1 + e⁻ˣ)</c>.</summary>
/// <remarks>
/// Shapes: input and output <c>[N, features]</c>, any shape of sample. Gradient: <c>dL/dx = dy·y·(1 - y)</c>. Computed by the exponential that does not overflow: 0 and 1 at minus and plus infinity.
/// A weight that feeds it begins as <see cref="Xavier"/>.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Sigmoid<T> : ILayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseFunction<T, SigmoidOperator<T>> function;

    /// <summary>Creates the layer.</summary>
    public Sigmoid() => function = new(this, default);

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => new Xavier();

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => function.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => function.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => LayerDescription.Of(this);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>Sigmoid</c>.</returns>
    public override string ToString() => Describe().ToString();
}
