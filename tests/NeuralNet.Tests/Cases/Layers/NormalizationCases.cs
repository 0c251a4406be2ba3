namespace NeuralNet.Tests;

/// <summary>Normalisations.</summary>
internal static class NormalizationCases
{
    public static IReadOnlyList<LayerCase> All { get; } =
    [
    ];
}
