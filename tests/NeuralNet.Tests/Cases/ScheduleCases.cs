namespace NeuralNet.Tests;

/// <summary>Every schedule of the library.</summary>
internal static class ScheduleCases
{
    public static IReadOnlyList<ScheduleCase> All { get; } =
    [
        new("ConstantSchedule", () => new ConstantSchedule()),
        new("ConstantSchedule 0.25, 8", () => new ConstantSchedule(0.25, 8)),
        new("StepDecay 10", () => new StepDecay(10)),
        new("StepDecay 7, 0.5", () => new StepDecay(7, 0.5)),
        new("MultiStepDecay 5, 20", () => new MultiStepDecay([5, 20])),
        new("MultiStepDecay 30, 3, 3, 0.5", () => new MultiStepDecay([30, 3, 3], 0.5)),
        new("ExponentialDecay 0.9", () => new ExponentialDecay(0.9)),
        new("PolynomialDecay 30", () => new PolynomialDecay(30)),
        new("PolynomialDecay 30, 2", () => new PolynomialDecay(30, 2)),
        new("PolynomialDecay 30, 1.7", () => new PolynomialDecay(30, 1.7)),
        new("CosineAnnealing 13", () => new CosineAnnealing(13)),
        new("CosineAnnealing 40, 0.1", () => new CosineAnnealing(40, 0.1)),
        new("CosineWarmRestarts 9", () => new CosineWarmRestarts(9)),
        new("CosineWarmRestarts 5, 2, 0.1", () => new CosineWarmRestarts(5, 2, 0.1)),
        new("LinearWarmup 5", () => new LinearWarmup(5)),
        new("LinearWarmup 10, 0.01, cosine", () => new LinearWarmup(10, 0.01, new CosineWarmRestarts(30))),
        new("OneCycle", () => new OneCycle(40)),
        new("OneCycle linear", () => new OneCycle(40, isLinear: true)),
        new("OneCycle 0.45, 10, 100", () => new OneCycle(40, 0.45, startDivisor: 10, endDivisor: 100)),
        new("ReduceOnPlateau", () => new ReduceOnPlateau()),
        new("ReduceOnPlateau 0.5, 1", () => new ReduceOnPlateau(0.5, 1)),
        new("ReduceOnPlateau 0.5, 0, absolute", () => new ReduceOnPlateau(0.5, 0, 0.06, thresholdIsAbsolute: true)),
        new("ReduceOnPlateau 0.5, 0, cooldown, minimum", () => new ReduceOnPlateau(0.5, 0, cooldown: 1, minimumRate: 0.3)),
        new("ReduceOnPlateau 0.5, 0, epsilon", () => new ReduceOnPlateau(0.5, 0, epsilon: 0.15)),
        new("ReduceOnPlateau higher", () => new ReduceOnPlateau(0.5, 1, higherIsBetter: true)),
        new("ReduceOnPlateau higher, absolute", () => new ReduceOnPlateau(0.5, 2, 0.1, higherIsBetter: true, thresholdIsAbsolute: true)),
    ];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public static ScheduleCase Row(string name) => All.Single(row => row.Name == name);
}
