namespace NeuralNet.Tests;

/// <summary>Every layer of the library, one row or more for each.</summary>
internal static class LayerCases
{
    /// <summary>A number whose square and whose exponential overflow, in float too.</summary>
    public const double Huge = 1e30;

    private const double Infinity = double.PositiveInfinity;
    private static readonly double[] Extremes = [double.NaN, Infinity, -Infinity, Huge, -Huge];

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
        new("Relu", () => new Relu<double>(), () => new Relu<float>(), Input: 5, Reference: x => Math.Max(x, 0))
        {
            Extremes = [(Extremes, [double.NaN, Infinity, 0, Huge, 0])],
        },
        new("LeakyRelu", () => new LeakyRelu<double>(), () => new LeakyRelu<float>(), Input: 5, Reference: x => x > 0 ? x : 0.01 * x)
        {
            Extremes = [([double.NaN, Infinity, -Infinity, Huge, 0], [double.NaN, Infinity, -Infinity, Huge, 0])],
        },
        new("LeakyRelu 0.2", () => new LeakyRelu<double>(0.2), () => new LeakyRelu<float>(0.2), Input: 5, Reference: x => x > 0 ? x : 0.2 * x),
        new("Sigmoid", () => new Sigmoid<double>(), () => new Sigmoid<float>(), Input: 5, Reference: x => 1 / (1 + Math.Exp(-x)))
        {
            Extremes = [(Extremes, [double.NaN, 1, 0, 1, 0])],
        },
        new("Tanh", () => new Tanh<double>(), () => new Tanh<float>(), Input: 5, Reference: Math.Tanh)
        {
            Extremes = [(Extremes, [double.NaN, 1, -1, 1, -1])],
        },
        new("Exp", () => new Exp<double>(), () => new Exp<float>(), Input: 5, Reference: Math.Exp)
        {
            Extremes = [(Extremes, [double.NaN, Infinity, 0, Infinity, 0])],
        },
        new("Softmax", () => new Softmax<double>(), () => new Softmax<float>(), Input: 5)
        {
            Extremes =
            [
                ([double.NaN, 0, 1, 2, 3], [double.NaN, double.NaN, double.NaN, double.NaN, double.NaN]),
                ([Huge, -Huge, 0, Huge, 1], [0.5, 0, 0, 0.5, 0]),
                ([-Infinity, 0, 0, -Infinity, -Huge], [0, 0.5, 0.5, 0, 0]),
            ],
        },
        new("Identity", () => new Identity<double>(), () => new Identity<float>(), Input: 5, Reference: x => x)
        {
            Extremes = [(Extremes, Extremes)],
            PassesThrough = true,
        },
    ];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public static LayerCase Row(string name) => All.Single(row => row.Name == name);

    private static Affine<T> GivenAffine<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => new(Make.Uniform<T>(5, 3, seed: 1), Make.Uniform<T>(1, 3, seed: 2));
}
