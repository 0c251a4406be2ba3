using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The rectified linear unit <c>y = max(x, 0)</c>.</summary>
/// <remarks>
/// Shapes: input and output <c>[N, features]</c>, any shape of sample. Gradient: <c>dL/dx = dy</c> where x &gt; 0, else 0 (0 at the kink x = 0). NaN stays NaN.
/// A weight that feeds it begins as <see cref="He"/>.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Relu<T> : ILayer<T>, IActivation, IKeepsOrder
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseFunction<T, ReluOperator<T>> function;

    /// <summary>Creates the layer.</summary>
    public Relu() => function = new(this, default);

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => new He();

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => function.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => function.Backward(outputGradient);

    /// <summary>Begins where the layer before has gone through this one too.</summary>
    /// <param name="output">What it gave, in its buffer.</param>
    internal void Take(Matrix<T> output) => function.Take(output);

    /// <inheritdoc/>
    public LayerDescription Describe() => LayerDescription.Of(this);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>Relu</c>.</returns>
    public override string ToString() => Describe().ToString();
}
