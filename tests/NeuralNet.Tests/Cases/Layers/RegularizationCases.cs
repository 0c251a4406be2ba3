namespace NeuralNet.Tests;

/// <summary>Layers that draw random numbers.</summary>
internal static class RegularizationCases
{
    public static IReadOnlyList<LayerCase> All { get; } =
    [
    ];
}
