namespace NeuralNet;

/// <summary>The draws of augmentations.</summary>
internal static class Draw
{
    /// <summary>Evenly between -limit and limit; 0 and not -0 where the limit is 0.</summary>
    public static double Within(double limit, Random random) => (limit * ((2 * random.NextDouble()) - 1)) + 0.0;

    /// <summary>Whether something of a probability happens: never at 0, always at 1.</summary>
    public static bool Happens(double probability, Random random) => random.NextDouble() < probability;
}
