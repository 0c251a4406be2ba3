namespace NeuralNet.Tests;

/// <summary>Activations: functions of each number, and of a row.</summary>
internal static class ActivationCases
{
    private const double Infinity = double.PositiveInfinity;
    private const double Huge = LayerCases.Huge;
    private static readonly double[] Extremes = [double.NaN, Infinity, -Infinity, Huge, -Huge];

    public static IReadOnlyList<LayerCase> All { get; } =
    [
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
}
