namespace NeuralNet;

/// <summary>Initial values spread evenly over <c>[low, high)</c>, rounded to the precision: in <see langword="float"/> up to high itself.</summary>
public sealed record Uniform : IInitializer
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="low">The lower end; -0.05 by default.</param>
    /// <param name="high">The upper end, at least <paramref name="low"/>; 0.05 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is not finite, or the upper is below the lower.</exception>
    public Uniform(double low = -0.05, double high = 0.05)
    {
        Low = Guard.Finite(low, nameof(low));
        High = Guard.InRange(high, double.IsFinite(high) && high >= low, "finite and at least low", nameof(high));
    }

    /// <summary>The lower end.</summary>
    public double Low { get; }

    /// <summary>The upper end.</summary>
    public double High { get; }

    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(random);
        foreach (ref T value in values)
            value = T.CreateTruncating(Low + ((High - Low) * random.NextDouble()));
    }
}
