namespace NeuralNet.Tests;

/// <summary>Convolutions and poolings.</summary>
internal static class ConvolutionCases
{
    public static IReadOnlyList<LayerCase> All { get; } =
    [
    ];
}
