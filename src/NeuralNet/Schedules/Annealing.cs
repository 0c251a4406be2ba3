using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The way from one rate to another.</summary>
internal static class Annealing
{
    /// <summary>Half a wave of the cosine, from <paramref name="start"/> at share 0 to <paramref name="end"/> at share 1.</summary>
    public static double Cosine(double start, double end, double share) => end + ((start - end) / 2 * (1 + Elementary.Cos(Math.PI * share)));

    /// <summary>A straight line.</summary>
    public static double Line(double start, double end, double share) => start + ((end - start) * share);
}
