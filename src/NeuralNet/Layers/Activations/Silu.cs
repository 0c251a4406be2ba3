using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The sigmoid linear unit <c>y = x·σ(x) = x / (1 + e⁻ˣ)</c>, also called Swish.</summary>
/// <remarks>
/// Shapes: input and output <c>[N, features]</c>, any shape of sample. Gradient: <c>dL/dx = dy·σ(x)·(1 + x·σ(-x))</c>. NaN stays NaN; minus infinity gives the limit 0.
/// A weight that feeds it begins as <see cref="He"/>.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://arxiv.org/abs/1606.08415">Hendrycks and Gimpel (2016), Gaussian Error Linear Units, names it.</seealso>
/// <seealso href="https://arxiv.org/abs/1710.05941">Ramachandran, Zoph and Le (2017), Searching for Activation Functions.</seealso>
public sealed class Silu<T> : ILayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseFunction<T, SiluOperator<T>> function;

    /// <summary>Creates the layer.</summary>
    public Silu() => function = new(this, default);

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => new He();

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => function.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => function.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => LayerDescription.Of(this);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>Silu</c>.</returns>
    public override string ToString() => Describe().ToString();
}
