namespace NeuralNet.Tests;

/// <summary>An initializer and what its values look like for a weight with <see cref="InitializerCases.FanIn"/> and <see cref="InitializerCases.FanOut"/>.</summary>
/// <param name="Name">The row's name.</param>
/// <param name="Initializer">The initializer.</param>
/// <param name="Mean">The mean of its values.</param>
/// <param name="StandardDeviation">Their standard deviation.</param>
/// <param name="IsNormal">Whether they are normally distributed.</param>
internal sealed record InitializerCase(string Name, IInitializer Initializer, double Mean, double StandardDeviation, bool IsNormal)
{
    /// <summary>How far a value may be from the mean.</summary>
    public double Bound { get; init; } = double.PositiveInfinity;

    /// <summary>Whether it fills whole rows of <see cref="InitializerCases.FanIn"/> numbers only.</summary>
    public bool NeedsRows { get; init; }

    public override string ToString() => Name;
}
