using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// Normally distributed initial values with standard deviation <c>√(2 / (fanIn + fanOut))</c>, which keeps the scale of activations and gradients through
/// sigmoid and tanh layers; also called Glorot. <em>Deep Learning from Scratch</em> gives this name to <c>√(1 / fanIn)</c>, which looks at the inputs alone.
/// </summary>
/// <seealso href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio (2010), Understanding the difficulty of training deep feedforward neural networks.</seealso>
public sealed record Xavier : IInitializer
{
    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T> => Gaussian.Fill(values, 0, Math.Sqrt(2.0 / ((double)fanIn + fanOut)), random);
}
