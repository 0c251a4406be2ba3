namespace NeuralNet.Tests;

/// <summary>Layers of layers.</summary>
internal static class CompositeCases
{
    public static IReadOnlyList<LayerCase> All { get; } =
    [
    ];
}
