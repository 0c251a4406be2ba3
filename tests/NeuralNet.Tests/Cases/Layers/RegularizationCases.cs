namespace NeuralNet.Tests;

/// <summary>Layers that draw random numbers.</summary>
internal static class RegularizationCases
{
    private static readonly double[] Extremes = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, LayerCases.Huge, -LayerCases.Huge];

    // A mask is of a row of the batch, so a sample alone has another one than further down.
    public static IReadOnlyList<LayerCase> All { get; } =
    [
        new("Dropout", () => new Dropout<double>(), () => new Dropout<float>(), Input: 5) { SamplesStandAlone = false },
        new("Dropout 0.2", () => new Dropout<double>(0.2), () => new Dropout<float>(0.2), Input: 9) { SamplesStandAlone = false },
        new("Dropout 0", () => new Dropout<double>(0), () => new Dropout<float>(0), Input: 5, Reference: x => x) { PassesThrough = true },
        new("Dropout in inference", () => new Dropout<double>(), () => new Dropout<float>(), Input: 5, Reference: x => x)
        {
            Training = false,
            PassesThrough = true,
            Extremes = [(Extremes, Extremes)],
        },
        new("SpatialDropout", () => new SpatialDropout<double>(), () => new SpatialDropout<float>(), new Shape(5, 2, 2)) { HasWidth = true, SamplesStandAlone = false },
        new("SpatialDropout 0.3", () => new SpatialDropout<double>(0.3), () => new SpatialDropout<float>(0.3), new Shape(3, 1, 2)) { HasWidth = true, SamplesStandAlone = false },
        new("SpatialDropout in inference", () => new SpatialDropout<double>(), () => new SpatialDropout<float>(), new Shape(2, 2, 2)) { HasWidth = true, Training = false, PassesThrough = true },
    ];
}
