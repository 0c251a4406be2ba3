namespace NeuralNet.Tests;

/// <summary>Every initializer of the library.</summary>
internal static class InitializerCases
{
    public const int FanIn = 200;
    public const int FanOut = 300;

    // By hand: He √(2/200) = 0.1; for a slope of 1 √(2/(2·200)) = √0.005 = 0.0707106781; Xavier √(2/500) = √0.004 = 0.0632455532;
    // uniform on [-1, 3): mean 1, deviation 4/√12 = 1.1547005384; on [-0.05, 0.05) 0.1/√12 = 0.0288675135.
    // LeCun √(1/200) = 0.0707106781; He by 300 outputs √(2/300) = 0.0816496581. A normal distribution cut at ±b has √(1 - 2b·φ(b)/(2Φ(b) - 1)) of its deviation:
    // 0.8796256610 at 2, 0.2838822900 at 0.5. The 200 columns of an orthogonal [300, 200] have length 1: √(200/60000) = 0.0577350269. A quarter of zeros leaves √0.75 of 0.01.
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
        new("He fan out", new He(fanOut: true), Mean: 0, StandardDeviation: 0.0816496581, IsNormal: true),
        new("He uniform", new He(uniform: true), Mean: 0, StandardDeviation: 0.1, IsNormal: false) { Bound = 0.1732050808 },
        new("He uniform 1, fan out", new He(1, fanOut: true, uniform: true), Mean: 0, StandardDeviation: 0.0577350269, IsNormal: false) { Bound = 0.1 },
        new("Xavier 2", new Xavier(2), Mean: 0, StandardDeviation: 0.1264911064, IsNormal: true),
        new("Xavier uniform", new Xavier(uniform: true), Mean: 0, StandardDeviation: 0.0632455532, IsNormal: false) { Bound = 0.1095445115 },
        new("LeCun", new LeCun(), Mean: 0, StandardDeviation: 0.0707106781, IsNormal: true),
        new("LeCun uniform", new LeCun(uniform: true), Mean: 0, StandardDeviation: 0.0707106781, IsNormal: false) { Bound = 0.1224744871 },
        new("TruncatedNormal", new TruncatedNormal(), Mean: 0, StandardDeviation: 0.0175925132, IsNormal: false) { Bound = 0.04 },
        new("TruncatedNormal 2, 5, 0.5", new TruncatedNormal(2, mean: 5, bound: 0.5), Mean: 5, StandardDeviation: 0.5677645801, IsNormal: false) { Bound = 1 },
        new("Orthogonal", new Orthogonal(), Mean: 0, StandardDeviation: 0.0577350269, IsNormal: false) { NeedsRows = true },
        new("Orthogonal 2", new Orthogonal(2), Mean: 0, StandardDeviation: 0.1154700538, IsNormal: false) { NeedsRows = true },
        new("Sparse", new Sparse(0.25), Mean: 0, StandardDeviation: 0.0086602540, IsNormal: false) { NeedsRows = true },
    ];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public static InitializerCase Row(string name) => All.Single(row => row.Name == name);
}
