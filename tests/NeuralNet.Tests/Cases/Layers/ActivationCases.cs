using MathNet.Numerics;

namespace NeuralNet.Tests;

/// <summary>Activations: functions of each number, and of a row.</summary>
internal static class ActivationCases
{
    private const double Infinity = double.PositiveInfinity;
    private const double Huge = LayerCases.Huge;
    private const double SeluScale = 1.0507009873554805, SeluBound = -1.7580993408473768599;
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
        new("Relu6", () => new Relu6<double>(), () => new Relu6<float>(), Input: 5, Reference: x => Math.Clamp(x, 0, 6))
        {
            Inputs = Wide,
            Extremes = [(Extremes, [double.NaN, 6, 0, 6, 0])],
        },
        new("PRelu", () => new PRelu<double>(), () => new PRelu<float>(), Input: 5)
        {
            HasWidth = true,
            Extremes = [([double.NaN, Infinity, 0, Huge, 1], [double.NaN, Infinity, 0, Huge, 1])],
        },
        new("PRelu per feature", () => new PRelu<double>(perChannel: true), () => new PRelu<float>(perChannel: true), Input: 5) { HasWidth = true },
        new("PRelu per channel", () => new PRelu<double>(perChannel: true, 0.1), () => new PRelu<float>(perChannel: true, 0.1), Input: new Shape(2, 3, 2)) { HasWidth = true },
        new("Elu", () => new Elu<double>(), () => new Elu<float>(), Input: 5, Reference: x => x > 0 ? x : Math.Exp(x) - 1)
        {
            Inputs = Wide,
            Extremes = [(Extremes, [double.NaN, Infinity, -1, Huge, -1])],
        },
        new("Elu 0.3", () => new Elu<double>(0.3), () => new Elu<float>(0.3), Input: 5, Reference: x => x > 0 ? x : 0.3 * (Math.Exp(x) - 1))
        {
            Inputs = Wide,
            Extremes = [(Extremes, [double.NaN, Infinity, -0.3, Huge, -0.3])],
        },
        new("Selu", () => new Selu<double>(), () => new Selu<float>(), Input: 5, Reference: x => x > 0 ? SeluScale * x : -SeluBound * (Math.Exp(x) - 1))
        {
            Inputs = Wide,
            Extremes = [([double.NaN, Infinity, -Infinity, 0, -Huge], [double.NaN, Infinity, SeluBound, 0, SeluBound])],
        },
        new("Gelu", () => new Gelu<double>(), () => new Gelu<float>(), Input: 5, Reference: x => 0.5 * x * SpecialFunctions.Erfc(-x / Math.Sqrt(2)))
        {
            Inputs = Wide,
            Extremes = [(Extremes, [double.NaN, Infinity, 0, Huge, 0])],
        },
        new(
            "Gelu tanh",
            () => new Gelu<double>(approximate: true),
            () => new Gelu<float>(approximate: true),
            Input: 5,
            Reference: x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))))
        {
            Inputs = Wide,
            Extremes = [(Extremes, [double.NaN, Infinity, 0, Huge, 0])],
        },
        new("Silu", () => new Silu<double>(), () => new Silu<float>(), Input: 5, Reference: x => x / (1 + Math.Exp(-x)))
        {
            Inputs = Wide,
            Extremes = [(Extremes, [double.NaN, Infinity, 0, Huge, 0])],
        },
        new("Softplus", () => new Softplus<double>(), () => new Softplus<float>(), Input: 5, Reference: x => Math.Log(1 + Math.Exp(x)))
        {
            Inputs = Wide,
            Extremes = [(Extremes, [double.NaN, Infinity, 0, Huge, 0])],
        },
        new(
            "Softplus 2.5, 3",
            () => new Softplus<double>(2.5, threshold: 3),
            () => new Softplus<float>(2.5, threshold: 3),
            Input: 5,
            Reference: x => 2.5 * x > 3 ? x : Math.Log(1 + Math.Exp(2.5 * x)) / 2.5)
        {
            Inputs = Wide,
            Extremes = [(Extremes, [double.NaN, Infinity, 0, Huge, 0])],
        },
        new("HardSigmoid", () => new HardSigmoid<double>(), () => new HardSigmoid<float>(), Input: 5, Reference: x => Math.Clamp(x + 3, 0, 6) / 6)
        {
            Inputs = Wide,
            Extremes = [(Extremes, [double.NaN, 1, 0, 1, 0])],
        },
        new("HardSwish", () => new HardSwish<double>(), () => new HardSwish<float>(), Input: 5, Reference: x => x * Math.Clamp(x + 3, 0, 6) / 6)
        {
            Inputs = Wide,
            Extremes = [(Extremes, [double.NaN, Infinity, 0, Huge, 0])],
        },
        new("LogSoftmax", () => new LogSoftmax<double>(), () => new LogSoftmax<float>(), Input: 5)
        {
            Extremes =
            [
                ([double.NaN, 0, 1, 2, 3], [double.NaN, double.NaN, double.NaN, double.NaN, double.NaN]),
                ([Infinity, 0, 1, 2, 3], [double.NaN, double.NaN, double.NaN, double.NaN, double.NaN]),
                ([Huge, -Huge, 0, Huge, 1], [-Math.Log(2), -2 * Huge, -Huge, -Math.Log(2), -Huge]),
                ([-Infinity, 0, 0, -Infinity, -Huge], [-Infinity, -Math.Log(2), -Math.Log(2), -Infinity, -Huge]),
            ],
        },
        new("Scale", () => new Scale<double>(0.5, 3), () => new Scale<float>(0.5, 3), Input: 5, Reference: x => (0.5 * x) + 3)
        {
            Extremes = [(Extremes, [double.NaN, Infinity, -Infinity, Huge / 2, -Huge / 2])],
        },
        new("Scale 1/255", () => new Scale<double>(1.0 / 255), () => new Scale<float>(1.0 / 255), Input: 5, Reference: x => x / 255),
        new("Identity", () => new Identity<double>(), () => new Identity<float>(), Input: 5, Reference: x => x)
        {
            Extremes = [(Extremes, Extremes)],
            PassesThrough = true,
        },
    ];

    // Across all kinks.
    private static Matrix<double> Wide(int rows, int columns, int seed) => Make.Uniform(rows, columns, seed, low: -8, high: 8);
}
