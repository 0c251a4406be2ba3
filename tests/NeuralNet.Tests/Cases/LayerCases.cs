namespace NeuralNet.Tests;

/// <summary>Every layer of the library, one row or more for each, room by room.</summary>
internal static class LayerCases
{
    /// <summary>A number whose square and whose exponential overflow, in float too.</summary>
    public const double Huge = 1e30;

    public static IReadOnlyList<LayerCase> All { get; } =
    [
        .. AffineCases.All,
        .. ActivationCases.All,
        .. ConvolutionCases.All,
        .. NormalizationCases.All,
        .. RegularizationCases.All,
        .. ShapeCases.All,
        .. CompositeCases.All,
    ];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public static LayerCase Row(string name) => All.Single(row => row.Name == name);
}
