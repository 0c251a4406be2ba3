using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The piecewise linear sigmoid <c>y = min(max(x + 3, 0), 6) / 6</c>.</summary>
/// <remarks>
/// Shapes: input and output <c>[N, features]</c>, any shape of sample. Gradient: <c>dL/dx = dy / 6</c> where -3 &lt; x &lt; 3, else 0 (0 at the kinks, as PyTorch). NaN stays NaN.
/// Keras before version 3 has another slope, <c>0.2·x + 0.5</c>. A weight that feeds it begins as <see cref="Xavier"/>.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class HardSigmoid<T> : ILayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseFunction<T, HardSigmoidOperator<T>> function;

    /// <summary>Creates the layer.</summary>
    public HardSigmoid() => function = new(this, default);

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => new Xavier();

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => function.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => function.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => LayerDescription.Of(this);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>HardSigmoid</c>.</returns>
    public override string ToString() => Describe().ToString();
}
