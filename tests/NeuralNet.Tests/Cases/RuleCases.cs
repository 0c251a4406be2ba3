namespace NeuralNet.Tests;

/// <summary>Every update rule of the library, with its defaults and with other values.</summary>
internal static class RuleCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        new("Sgd", () => new Sgd()),
        new("Sgd 0.5", () => new Sgd(0.5)),
        new("Momentum", () => new Momentum()),
        new("Momentum 0.2, 0.5", () => new Momentum(0.2, 0.5)),
        new("Nesterov", () => new Nesterov()),
        new("Nesterov 0.2, 0.5", () => new Nesterov(0.2, 0.5)),
        new("AdaGrad", () => new AdaGrad()),
        new("AdaGrad 0.3, 1e-7", () => new AdaGrad(0.3, 1e-7)),
        new("RmsProp", () => new RmsProp()),
        new("RmsProp 0.1, 0.8, 1e-6", () => new RmsProp(0.1, 0.8, 1e-6)),
        new("Adam", () => new Adam()),
        new("Adam 0.1, 0.8, 0.9, 1e-6", () => new Adam(0.1, 0.8, 0.9, 1e-6)),
    ];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public static RuleCase Row(string name) => All.Single(row => row.Name == name);
}
