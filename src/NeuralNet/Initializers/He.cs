using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// Normally distributed initial values with standard deviation <c>√(2 / ((1 + slope²)·fanIn))</c>, which keeps the scale of the activations through Relu layers;
/// also called Kaiming.
/// </summary>
/// <seealso href="https://arxiv.org/abs/1502.01852">He, Zhang, Ren and Sun (2015), Delving Deep into Rectifiers.</seealso>
public sealed record He : IInitializer
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="slope">The activation's slope below 0: 0 for Relu, the default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is not finite.</exception>
    public He(double slope = 0) => Slope = slope;

    /// <summary>The activation's slope below 0.</summary>
    public double Slope { get; init => field = Guard.Finite(value, "slope"); }

    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T> => Gaussian.Fill(values, 0, Math.Sqrt(2 / ((1 + (Slope * Slope)) * fanIn)), random);
}
