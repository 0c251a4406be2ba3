namespace NeuralNet.Tests;

/// <summary>Normalisations.</summary>
internal static class NormalizationCases
{
    private static readonly double[] Nothing = [.. Enumerable.Repeat(double.NaN, 7)];

    public static IReadOnlyList<LayerCase> All { get; } =
    [
        Batch("BatchNormalization", 5),
        Batch("BatchNormalization 1e-3, 0.5", 5, epsilon: 1e-3, momentum: 0.5),
        Batch("BatchNormalization of an image", new Shape(3, 2, 2), momentum: 0.3),
        Batch("BatchNormalization of an image, large batch", new Shape(2, 3, 5)),
        Batch("BatchNormalization momentum 1, not affine", 4, momentum: 1, affine: false),
        Batch("BatchNormalization momentum 0", 4, momentum: 0),
        Batch("BatchNormalization in inference", 5, training: false),
        Batch("BatchNormalization of an image in inference", new Shape(3, 2, 2), epsilon: 1e-3, training: false),
        Batch("BatchNormalization in inference, not affine", 5, affine: false, training: false) with
        {
            Extremes = [([double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity, double.NaN], [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity, double.NaN])],
        },
        new("LayerNormalization", () => new LayerNormalization<double>(), () => new LayerNormalization<float>(), Input: 5) { HasWidth = true },
        new("LayerNormalization of an image", () => new LayerNormalization<double>(1e-3), () => new LayerNormalization<float>(1e-3), new Shape(2, 2, 3)) { HasWidth = true },
        new("LayerNormalization not affine", () => new LayerNormalization<double>(affine: false), () => new LayerNormalization<float>(affine: false), Input: 7)
        {
            HasWidth = true,
            Extremes = [([double.NaN, 0, 1, 2, 3, 4, 5], Nothing), ([0, double.NegativeInfinity, 1, 2, 3, 4, 5], Nothing)],
        },
        Groups("GroupNormalization 2", new Shape(4, 2, 3), 2),
        Groups("GroupNormalization 1", new Shape(3, 2, 2), 1, epsilon: 1e-3),
        Groups("GroupNormalization instances", new Shape(3, 2, 3), 3),
        Groups("GroupNormalization of features", 6, 2),
        Groups("GroupNormalization not affine", new Shape(4, 1, 3), 2, affine: false),
        Fixed("Normalization", 5, 5) with
        {
            Extremes = [([double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity, double.NaN], [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity, double.NaN])],
        },
        Fixed("Normalization of channels", new Shape(3, 2, 2), 3),
        Fixed("Normalization of an image's features", new Shape(2, 1, 3), 6),
    ];

    // In training the samples of a batch have their statistics together, and one value has none.
    private static LayerCase Batch(string name, Shape input, double epsilon = 1e-5, double momentum = 0.1, bool affine = true, bool training = true) =>
        new(name, () => new BatchNormalization<double>(epsilon, momentum, affine), () => new BatchNormalization<float>(epsilon, momentum, affine), input)
        {
            HasWidth = true,
            Training = training,
            SamplesStandAlone = !training,
            LeastBatch = training ? 2 : 1,
        };

    private static LayerCase Fixed(string name, Shape input, int size) =>
        new(name, () => new Normalization<double>(size), () => new Normalization<float>(size), input) { HasWidth = true };

    private static LayerCase Groups(string name, Shape input, int groups, double epsilon = 1e-5, bool affine = true) =>
        new(name, () => new GroupNormalization<double>(groups, epsilon, affine), () => new GroupNormalization<float>(groups, epsilon, affine), input) { HasWidth = true };
}
