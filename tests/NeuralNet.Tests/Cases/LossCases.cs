namespace NeuralNet.Tests;

/// <summary>Every loss of the library, one row or more for each.</summary>
internal static class LossCases
{
    // As in make_losses.py.
    private static readonly double[] ClassWeights = [0.5, 2, 1.25, 0.75, 3], OutputWeights = [0.5, 2, 1.25], PositiveWeights = [3, 0.25, 1.5];

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
        new("SoftmaxWithLoss smoothed", () => new SoftmaxWithLoss<double>(labelSmoothing: 0.1), () => new SoftmaxWithLoss<float>(labelSmoothing: 0.1), Outputs: 5),
        new("SoftmaxWithLoss weighted", () => new SoftmaxWithLoss<double>(classWeights: ClassWeights), () => new SoftmaxWithLoss<float>(classWeights: ClassWeights), Outputs: 5),
        new("SoftmaxWithLoss smoothed and weighted", () => new SoftmaxWithLoss<double>(0.25, ClassWeights), () => new SoftmaxWithLoss<float>(0.25, ClassWeights), Outputs: 5),
        new("SigmoidWithLoss smoothed", () => new SigmoidWithLoss<double>(labelSmoothing: 0.1), () => new SigmoidWithLoss<float>(labelSmoothing: 0.1), Outputs: 3),
        new("SigmoidWithLoss weighted", () => new SigmoidWithLoss<double>(outputWeights: OutputWeights), () => new SigmoidWithLoss<float>(outputWeights: OutputWeights), Outputs: 3),
        new("SigmoidWithLoss weighted where positive", () => new SigmoidWithLoss<double>(positiveWeights: PositiveWeights), () => new SigmoidWithLoss<float>(positiveWeights: PositiveWeights), Outputs: 3),
        new("SigmoidWithLoss smoothed and weighted", () => new SigmoidWithLoss<double>(0.25, OutputWeights, PositiveWeights), () => new SigmoidWithLoss<float>(0.25, OutputWeights, PositiveWeights), Outputs: 3),
        new("KullbackLeibler", () => new KullbackLeibler<double>(), () => new KullbackLeibler<float>(), Outputs: 5)
        {
            Targets = Make.Probabilities,
        },
        new("Focal", () => new Focal<double>(), () => new Focal<float>(), Outputs: 5),
        new("Focal of gamma 0", () => new Focal<double>(gamma: 0), () => new Focal<float>(gamma: 0), Outputs: 5),
        new("Focal of gamma 0.5", () => new Focal<double>(gamma: 0.5), () => new Focal<float>(gamma: 0.5), Outputs: 5),
        new("Focal with alpha", () => new Focal<double>(3.5, [0.25, 0, 1, 2, 0.75]), () => new Focal<float>(3.5, [0.25, 0, 1, 2, 0.75]), Outputs: 5),
        new("Hinge", () => new Hinge<double>(), () => new Hinge<float>(), Outputs: 5)
        {
            PassesThrough = true,
        },
        new("Hinge of margin 0.25", () => new Hinge<double>(margin: 0.25), () => new Hinge<float>(margin: 0.25), Outputs: 5)
        {
            PassesThrough = true,
        },
        new("MeanAbsoluteError", () => new MeanAbsoluteError<double>(), () => new MeanAbsoluteError<float>(), Outputs: 3)
        {
            Targets = (rows, columns, seed) => Make.Uniform(rows, columns, seed),
            PassesThrough = true,
        },
        new("Huber", () => new Huber<double>(), () => new Huber<float>(), Outputs: 3)
        {
            Targets = (rows, columns, seed) => Make.Uniform(rows, columns, seed),
            PassesThrough = true,
        },
        new("Huber of delta 0.3", () => new Huber<double>(delta: 0.3), () => new Huber<float>(delta: 0.3), Outputs: 3)
        {
            Targets = (rows, columns, seed) => Make.Uniform(rows, columns, seed),
            PassesThrough = true,
        },
    ];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public static LossCase Row(string name) => All.Single(row => row.Name == name);
}
