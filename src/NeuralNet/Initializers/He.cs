namespace NeuralNet;

/// <summary>
/// Initial values with mean 0 and standard deviation <c>√(2 / ((1 + slope²)·fan))</c>, which keeps the scale through Relu layers: of the activations with
/// fan = fanIn, of the gradients with fan = fanOut; also called Kaiming. Normally distributed, or uniform on ±√3 standard deviations.
/// </summary>
/// <seealso href="https://arxiv.org/abs/1502.01852">He, Zhang, Ren and Sun (2015), Delving Deep into Rectifiers.</seealso>
public sealed record He : IInitializer
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="slope">The activation's slope below 0: 0 for Relu, the default.</param>
    /// <param name="fanOut">Whether the number of outputs counts instead of that of inputs: PyTorch's <c>mode='fan_out'</c>; false by default.</param>
    /// <param name="uniform">Whether the values are spread evenly instead of normally: PyTorch's <c>kaiming_uniform_</c>; false by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is not finite.</exception>
    public He(double slope = 0, bool fanOut = false, bool uniform = false) => (Slope, FanOut, IsUniform) = (slope, fanOut, uniform);

    /// <summary>The activation's slope below 0.</summary>
    public double Slope { get; init => field = Guard.Finite(value, "slope"); }

    /// <summary>Whether the number of outputs counts instead of that of inputs.</summary>
    public bool FanOut { get; init; }

    /// <summary>Whether the values are spread evenly instead of normally.</summary>
    public bool IsUniform { get; init; }

    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Spread.Fill(values, Math.Sqrt(2 / ((1 + (Slope * Slope)) * (FanOut ? fanOut : fanIn))), IsUniform, random);
}
