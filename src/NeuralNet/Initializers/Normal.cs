using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Normally distributed initial values.</summary>
public sealed record Normal : IInitializer
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="standardDeviation">The standard deviation, at least 0; 0.01 by default, as the book's.</param>
    /// <param name="mean">The mean; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public Normal(double standardDeviation = 0.01, double mean = 0) => (StandardDeviation, Mean) = (standardDeviation, mean);

    /// <summary>The standard deviation, at least 0.</summary>
    public double StandardDeviation { get; init => field = Guard.NotNegative(value, "standardDeviation"); }

    /// <summary>The mean.</summary>
    public double Mean { get; init => field = Guard.Finite(value, "mean"); }

    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T> => Gaussian.Fill(values, Mean, StandardDeviation, random);
}
