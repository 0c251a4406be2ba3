namespace NeuralNet.Tests;

/// <summary>Every transform of gradients of the library.</summary>
internal static class TransformCases
{
    public static IReadOnlyList<TransformCase> All { get; } =
    [
        new("ClipByValue 0.5", () => new ClipByValue(0.5)),
        new("ClipByNorm 2.5", () => new ClipByNorm(2.5)),
        new("ClipByNorm 0.1", () => new ClipByNorm(0.1)),
        new("ClipByGlobalNorm 1", () => new ClipByGlobalNorm(1)),
        new("ClipByGlobalNorm 100", () => new ClipByGlobalNorm(100)),
        new("L1 0.1", () => new L1(0.1)),
        new("L2 0.1", () => new L2(0.1)),
    ];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public static TransformCase Row(string name) => All.Single(row => row.Name == name);
}
