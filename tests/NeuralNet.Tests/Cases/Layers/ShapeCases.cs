namespace NeuralNet.Tests;

/// <summary>Layers that look at numbers in another way: shapes, embeddings.</summary>
internal static class ShapeCases
{
    public static IReadOnlyList<LayerCase> All { get; } =
    [
        new("Flatten", () => new Flatten<double>(), () => new Flatten<float>(), new Shape(2, 2, 2), Reference: x => x) { PassesThrough = true },
        new("Reshape", () => new Reshape<double>(new Shape(2, 1, 3)), () => new Reshape<float>(new Shape(2, 1, 3)), Input: 6, Reference: x => x) { HasWidth = true, PassesThrough = true },
        Embedding("Embedding", positions: 3, vocabularySize: 7, width: 5),
        Embedding("Embedding of one position", positions: 1, vocabularySize: 3, width: 2),
    ];

    private static LayerCase Embedding(string name, int positions, int vocabularySize, int width) =>
        new(name, () => new Embedding<double>(vocabularySize, width), () => new Embedding<float>(vocabularySize, width), positions)
        {
            HasWidth = true,
            HasInputGradient = false,
            Inputs = (rows, columns, seed) => Make.Uniform(rows, columns, seed, 0, vocabularySize).PointwiseFloor(),
        };
}
