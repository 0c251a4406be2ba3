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
        new("Momentum 0.2, 0.5, 0.3", () => new Momentum(0.2, 0.5, 0.3)),
        new("RmsProp momentum", () => new RmsProp(momentum: 0.9)),
        new("RmsProp centered", () => new RmsProp(0.1, 0.8, 1e-6, isCentered: true)),
        new("RmsProp momentum, centered", () => new RmsProp(0.1, 0.8, 1e-6, 0.5, isCentered: true)),
        new("Adam amsgrad", () => new Adam(0.1, 0.8, 0.5, amsGrad: true)),
        new("AdamW", () => new AdamW()),
        new("AdamW 0.1, 0.8, 0.9, 1e-6, 0.2", () => new AdamW(0.1, 0.8, 0.9, 1e-6, 0.2)),
        new("AdamW amsgrad", () => new AdamW(0.1, 0.8, 0.5, amsGrad: true)),
        new("Adamax", () => new Adamax()),
        new("Adamax 0.1, 0.8, 0.5, 1e-6", () => new Adamax(0.1, 0.8, 0.5, 1e-6)),
        new("NAdam", () => new NAdam()),
        new("NAdam 0.1, 0.8, 0.9, 1e-6, 0.3", () => new NAdam(0.1, 0.8, 0.9, 1e-6, 0.3)),
        new("RAdam", () => new RAdam()),
        new("RAdam 0.1, 0.8, 0.9, 1e-6", () => new RAdam(0.1, 0.8, 0.9, 1e-6)),
        new("AdaDelta", () => new AdaDelta()),
        new("AdaDelta 0.5, 0.8, 1e-3", () => new AdaDelta(0.5, 0.8, 1e-3)),
        new("Lion", () => new Lion()),
        new("Lion 0.1, 0.8, 0.7, 0.2", () => new Lion(0.1, 0.8, 0.7, 0.2)),
        new("Lamb", () => new Lamb()),
        new("Lamb 0.1, 0.8, 0.9, 1e-3, 0.2", () => new Lamb(0.1, 0.8, 0.9, 1e-3, 0.2)),
        new("Rprop", () => new Rprop()),
        new("Rprop 0.1, 0.4, 1.5, 0.05, 0.2", () => new Rprop(0.1, 0.4, 1.5, 0.05, 0.2)),
    ];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public static RuleCase Row(string name) => All.Single(row => row.Name == name);
}
