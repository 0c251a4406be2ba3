using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Normally distributed numbers from uniform ones, two at a time (Box and Muller 1958).</summary>
internal static class Gaussian
{
    public static void Fill<T>(Span<T> values, double mean, double standardDeviation, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i += 2)
        {
            double radius = standardDeviation * Math.Sqrt(-2 * Elementary.Log(1 - random.NextDouble()));
            double angle = 2 * Math.PI * random.NextDouble();
            values[i] = T.CreateTruncating(mean + (radius * Elementary.Cos(angle)));
            if (i + 1 < values.Length)
                values[i + 1] = T.CreateTruncating(mean + (radius * Elementary.Sin(angle)));
        }
    }
}
