namespace NeuralNet.Tests;

/// <summary>Layers that look at numbers in another way: shapes, embeddings.</summary>
internal static class ShapeCases
{
    public static IReadOnlyList<LayerCase> All { get; } =
    [
    ];
}
