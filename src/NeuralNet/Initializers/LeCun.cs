namespace NeuralNet;

/// <summary>
/// Initial values with mean 0 and standard deviation <c>√(1 / fanIn)</c>, which keeps the scale of the activations where the activation's slope is 1 at 0, and which self-normalising
/// networks ask for. Normally distributed, or uniform on ±√3 standard deviations. Keras truncates its <c>lecun_normal</c> at two standard deviations; this one is not.
/// </summary>
/// <seealso href="https://doi.org/10.1007/3-540-49430-8_2">LeCun, Bottou, Orr and Müller (1998), Efficient BackProp.</seealso>
public sealed record LeCun : IInitializer
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="uniform">Whether the values are spread evenly instead of normally; false by default.</param>
    public LeCun(bool uniform = false) => IsUniform = uniform;

    /// <summary>Whether the values are spread evenly instead of normally.</summary>
    public bool IsUniform { get; init; }

    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T> => Spread.Fill(values, Math.Sqrt(1.0 / fanIn), IsUniform, random);
}
