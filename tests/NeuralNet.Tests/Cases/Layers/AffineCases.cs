namespace NeuralNet.Tests;

/// <summary>Layers that multiply by a matrix.</summary>
internal static class AffineCases
{
    public static IReadOnlyList<LayerCase> All { get; } =
    [
        new("Affine", GivenAffine<double>, GivenAffine<float>, Input: 5)
        {
            HasWidth = true,
            Extremes = [([double.NaN, 0, 0, 0, 0], [double.NaN, double.NaN, double.NaN])],
        },
        new("Affine by size", () => new Affine<double>(4), () => new Affine<float>(4), Input: 6) { HasWidth = true },
        new("Affine without bias", () => new Affine<double>(5, bias: false), () => new Affine<float>(5, bias: false), Input: 2) { HasWidth = true },
        new("Affine 1 -> 1", () => new Affine<double>(1), () => new Affine<float>(1), Input: 1) { HasWidth = true },
    ];

    private static Affine<T> GivenAffine<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => new(Make.Uniform<T>(5, 3, seed: 1), Make.Uniform<T>(1, 3, seed: 2));
}
