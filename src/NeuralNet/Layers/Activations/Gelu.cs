using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The Gaussian error linear unit <c>y = x·Φ(x)</c>, Φ the cumulative normal distribution; or its approximation by a hyperbolic tangent.</summary>
/// <remarks>
/// Shapes: input and output <c>[N, features]</c>, any shape of sample. Gradient: <c>dL/dx = dy·(Φ(x) + x·φ(x))</c>, φ the normal density.
/// The approximation is <c>y = ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))</c>, which GPT-2 and its like were trained with, and has its own exact gradient.
/// The tail below 0 does not cancel. NaN stays NaN; minus infinity gives the limit 0. A weight that feeds it begins as <see cref="He"/>.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://arxiv.org/abs/1606.08415">Hendrycks and Gimpel (2016), Gaussian Error Linear Units.</seealso>
public sealed class Gelu<T> : ILayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseFunction<T, GeluOperator<T>>? exact;
    private readonly ElementwiseFunction<T, GeluTanhOperator<T>>? approximation;

    /// <summary>Creates the layer.</summary>
    /// <param name="approximate">Whether it is the approximation by tanh, PyTorch's <c>approximate='tanh'</c>; false by default.</param>
    public Gelu(bool approximate = false)
    {
        if (approximate)
            approximation = new(this, default);
        else
            exact = new(this, default);
    }

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => new He();

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => exact is null ? approximation!.Forward(input) : exact.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => exact is null ? approximation!.Backward(outputGradient) : exact.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => new LayerDescription("Gelu", exact is null ? "tanh" : string.Empty).With("approximate", exact is null);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>Gelu</c> or <c>Gelu(tanh)</c>.</returns>
    public override string ToString() => Describe().ToString();
}
