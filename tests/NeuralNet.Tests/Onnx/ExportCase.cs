namespace NeuralNet.Tests;

/// <summary>A network to export.</summary>
/// <param name="Name">The row's name.</param>
/// <param name="Network">Creates it.</param>
/// <param name="Samples">Makes so many samples that it is well-conditioned for.</param>
internal sealed record ExportCase(string Name, Func<Network<float>> Network, Func<int, Matrix<float>> Samples)
{
    /// <summary>Rows with NaN, infinities and numbers as large as <see cref="LayerCases.Huge"/>, and what the library's doc makes of them.</summary>
    public (double[] Input, double[] Output)[] Extremes { get; init; } = [];
}
