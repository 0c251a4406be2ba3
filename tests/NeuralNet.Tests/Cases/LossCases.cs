namespace NeuralNet.Tests;

/// <summary>Every loss of the library, one row or more for each.</summary>
internal static class LossCases
{
    public static IReadOnlyList<LossCase> All { get; } =
    [
        new("SoftmaxWithLoss", () => new SoftmaxWithLoss<double>(), () => new SoftmaxWithLoss<float>(), Outputs: 5),
        new("SigmoidWithLoss", () => new SigmoidWithLoss<double>(), () => new SigmoidWithLoss<float>(), Outputs: 3),
        new("MeanSquaredError", () => new MeanSquaredError<double>(), () => new MeanSquaredError<float>(), Outputs: 3)
        {
            Targets = (rows, columns, seed) => Make.Uniform(rows, columns, seed),
            PassesThrough = true,
        },
        new("SumSquaredError", () => new SumSquaredError<double>(), () => new SumSquaredError<float>(), Outputs: 3)
        {
            Targets = (rows, columns, seed) => Make.Uniform(rows, columns, seed),
            PassesThrough = true,
        },
        new("CrossEntropyError", () => new CrossEntropyError<double>(), () => new CrossEntropyError<float>(), Outputs: 5)
        {
            // The logarithm wants probabilities, and its curvature grows towards 0.
            Scores = Make.Probabilities,
            PassesThrough = true,
        },
    ];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public static LossCase Row(string name) => All.Single(row => row.Name == name);
}
