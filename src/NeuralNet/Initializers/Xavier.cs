namespace NeuralNet;

/// <summary>
/// Initial values with mean 0 and standard deviation <c>gain·√(2 / (fanIn + fanOut))</c>, which keeps the scale of activations and gradients through
/// sigmoid and tanh layers; also called Glorot. Normally distributed, or uniform on ±√3 standard deviations.
/// <em>Deep Learning from Scratch</em> gives this name to <c>√(1 / fanIn)</c>, which looks at the inputs alone: <see cref="LeCun"/>.
/// </summary>
/// <seealso href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio (2010), Understanding the difficulty of training deep feedforward neural networks.</seealso>
public sealed record Xavier : IInitializer
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="gain">A factor, finite; 1 by default.</param>
    /// <param name="uniform">Whether the values are spread evenly instead of normally: PyTorch's <c>xavier_uniform_</c>; false by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gain is not finite.</exception>
    public Xavier(double gain = 1, bool uniform = false) => (Gain, IsUniform) = (gain, uniform);

    /// <summary>The factor.</summary>
    public double Gain { get; init => field = Guard.Finite(value, "gain"); }

    /// <summary>Whether the values are spread evenly instead of normally.</summary>
    public bool IsUniform { get; init; }

    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T> => Spread.Fill(values, Gain * Math.Sqrt(2.0 / ((double)fanIn + fanOut)), IsUniform, random);
}
