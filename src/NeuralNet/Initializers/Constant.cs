namespace NeuralNet;

/// <summary>The same initial value everywhere. Weights that all begin equal learn nothing different from each other: use it for biases, or to see just that.</summary>
public sealed record Constant : IInitializer
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="value">The value; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public Constant(double value = 0) => Value = value;

    /// <summary>The value.</summary>
    public double Value { get; init => field = Guard.Finite(value, "value"); }

    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T> => values.Fill(T.CreateTruncating(Value));
}
