namespace NeuralNet.Kernels;

/// <summary>Normally distributed numbers from uniform ones, two at a time (Box and Muller 1958).</summary>
internal static class Gaussian
{
    /// <summary>Fills with numbers of the given mean and standard deviation.</summary>
    public static void Fill<T>(Span<T> values, double mean, double standardDeviation, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i += 2)
        {
            (double first, double second) = Pair(random);
            values[i] = T.CreateTruncating(mean + (standardDeviation * first));
            if (i + 1 < values.Length)
                values[i + 1] = T.CreateTruncating(mean + (standardDeviation * second));
        }
    }

    /// <summary>Two independent numbers of mean 0 and standard deviation 1.</summary>
    public static (double First, double Second) Pair(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);

        // The logarithm's argument is in (0, 1].
        double radius = Math.Sqrt(-2 * Elementary.Log(1 - random.NextDouble()));
        double angle = 2 * Math.PI * random.NextDouble();
        return (radius * Elementary.Cos(angle), radius * Elementary.Sin(angle));
    }
}
