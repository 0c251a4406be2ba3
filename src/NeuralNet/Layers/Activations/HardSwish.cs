using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The piecewise <see cref="Silu{T}"/> <c>y = x·min(max(x + 3, 0), 6) / 6</c>.</summary>
/// <remarks>
/// Shapes: input and output <c>[N, features]</c>, any shape of sample. Gradient: <c>dL/dx = 0</c> where x &lt; -3, <c>dy</c> where x &gt; 3, else <c>dy·(x + 1.5) / 3</c>
/// (so -dy/2 at the kink -3 and 3·dy/2 at the kink 3, as PyTorch). NaN stays NaN; minus infinity gives the limit 0. A weight that feeds it begins as <see cref="He"/>.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://arxiv.org/abs/1905.02244">Howard et al. (2019), Searching for MobileNetV3.</seealso>
public sealed class HardSwish<T> : ILayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseFunction<T, HardSwishOperator<T>> function;

    /// <summary>Creates the layer.</summary>
    public HardSwish() => function = new(this, default);

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => new He();

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => function.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => function.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => LayerDescription.Of(this);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>HardSwish</c>.</returns>
    public override string ToString() => Describe().ToString();
}
