using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>What the initializers that fix a standard deviation share: numbers around 0, normally or evenly distributed.</summary>
internal static class Spread
{
    public static void Fill<T>(Span<T> values, double standardDeviation, bool uniform, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Evenly on [-a, a) the deviation is a/√3.
        double bound = Math.Sqrt(3) * Math.Abs(standardDeviation);
        if (uniform)
            new Uniform(-bound, bound).Fill(values, 1, 1, random);
        else
            Gaussian.Fill(values, 0, standardDeviation, random);
    }
}
