namespace NeuralNet.Tests;

/// <summary>Every initializer of the library.</summary>
internal static class InitializerCases
{
    public const int FanIn = 200;
    public const int FanOut = 300;

    // By hand: He √(2/200) = 0.1; for a slope of 1 √(2/(2·200)) = √0.005 = 0.0707106781; Xavier √(2/500) = √0.004 = 0.0632455532;
    // uniform on [-1, 3): mean 1, deviation 4/√12 = 1.1547005384; on [-0.05, 0.05) 0.1/√12 = 0.0288675135.
    public static IReadOnlyList<InitializerCase> All { get; } =
    [
        new("Constant", new Constant(), Mean: 0, StandardDeviation: 0, IsNormal: false),
        new("Constant 1.5", new Constant(1.5), Mean: 1.5, StandardDeviation: 0, IsNormal: false),
        new("Normal", new Normal(), Mean: 0, StandardDeviation: 0.01, IsNormal: true),
        new("Normal 2, 5", new Normal(2, mean: 5), Mean: 5, StandardDeviation: 2, IsNormal: true),
        new("Uniform", new Uniform(), Mean: 0, StandardDeviation: 0.0288675135, IsNormal: false),
        new("Uniform -1, 3", new Uniform(-1, 3), Mean: 1, StandardDeviation: 1.1547005384, IsNormal: false),
        new("Xavier", new Xavier(), Mean: 0, StandardDeviation: 0.0632455532, IsNormal: true),
        new("He", new He(), Mean: 0, StandardDeviation: 0.1, IsNormal: true),
        new("He 1", new He(1), Mean: 0, StandardDeviation: 0.0707106781, IsNormal: true),
    ];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public static InitializerCase Row(string name) => All.Single(row => row.Name == name);
}
