using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Normally distributed initial values without the tails: a number beyond the bound is drawn again.</summary>
/// <remarks>
/// As PyTorch's <c>trunc_normal_</c> and Keras's <c>TruncatedNormal</c>, the standard deviation is that before the tails are cut; at a bound of 2 that of the values is 0.88 times it.
/// (Keras's scaling initializers divide by this factor.) The bound counts in standard deviations, PyTorch's in values.
/// </remarks>
public sealed record TruncatedNormal : IInitializer
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="standardDeviation">The standard deviation before the cut, at least 0; 0.02 by default.</param>
    /// <param name="mean">The mean; 0 by default.</param>
    /// <param name="bound">How many standard deviations a value may be from the mean, at least 0.1; 2 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public TruncatedNormal(double standardDeviation = 0.02, double mean = 0, double bound = 2) => (StandardDeviation, Mean, Bound) = (standardDeviation, mean, bound);

    /// <summary>The standard deviation before the cut, at least 0.</summary>
    public double StandardDeviation { get; init => field = Guard.NotNegative(value, "standardDeviation"); }

    /// <summary>The mean.</summary>
    public double Mean { get; init => field = Guard.Finite(value, "mean"); }

    /// <summary>How many standard deviations a value may be from the mean, at least 0.1.</summary>
    public double Bound { get; init => field = Guard.InRange(value, value >= 0.1 && double.IsFinite(value), "at least 0.1 and finite", "bound"); }

    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(random);
        for (int i = 0; i < values.Length;)
        {
            (double first, double second) = Gaussian.Pair(random);
            if (Math.Abs(first) <= Bound)
                values[i++] = T.CreateTruncating(Mean + (StandardDeviation * first));
            if (Math.Abs(second) <= Bound && i < values.Length)
                values[i++] = T.CreateTruncating(Mean + (StandardDeviation * second));
        }
    }
}
