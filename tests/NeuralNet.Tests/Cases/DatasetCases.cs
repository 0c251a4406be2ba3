namespace NeuralNet.Tests;

/// <summary>Every data set of the library, and some in one another: eleven images of 2 x 3 x 4 pixels in three classes of different sizes.</summary>
internal static class DatasetCases
{
    private const int Count = 11, Classes = 3;

    private static readonly Shape Images = new(2, 3, 4);
    private static readonly int[] Labels = [0, 2, 0, 0, 1, 0, 2, 0, 0, 2, 0];
    private static readonly byte[] Pixels = [.. Enumerable.Range(0, Count * 24).Select(i => (byte)(i * 37))];
    private static readonly double[] Features = [.. Pixels.Select(pixel => (double)pixel)];
    private static readonly double[] Weights = [.. Enumerable.Range(0, Count).Select(i => i / 4.0)];

    public static IReadOnlyList<DatasetCase> All { get; } =
    [
        new("ArrayDataset", _ => new ArrayDataset<double>(Images, Features, 2, [.. Enumerable.Range(0, 2 * Count).Select(i => 0.5 * i)])),
        new("ArrayDataset labels and weights", _ => Weighted()),
        new("ArrayDataset labels in one column", _ => new ArrayDataset<double>(24, Features, [.. Labels.Select(label => label / 2)], classes: 1)),
        new("ArrayDataset of matrices", _ => new ArrayDataset<double>(Make.Uniform(Count, 5, seed: 1), Make.Uniform(Count, 2, seed: 2))),
        new("ImageDataset", _ => InMemory()),
        new("MappedImageDataset", folder => new MappedImageDataset<double>(folder.Write("images", [0, 0, 8, 4, 0, 0, 0, Count, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, .. Pixels]), Labels, Classes)),
        new("Subset", _ => new Subset<double>(Weighted(), [10, 1, 1, 4])),
        new("Subset of augmented", _ => new Subset<double>(Augmented(InMemory()), [10, 1, 1, 4])) { ChangesByEpoch = true },
        new("AugmentedDataset", _ => Augmented(Weighted())) { ChangesByEpoch = true },
        new("AugmentedDataset by two augmentations", _ => new AugmentedDataset<double>(InMemory(), [new RandomShift(1), new RandomFlip()], seed: 1)) { ChangesByEpoch = true },
        new("AugmentedDataset without augmentations", _ => new AugmentedDataset<double>(InMemory(), [], seed: 1)),
        new("AugmentedDataset of balanced", _ => Augmented(new BalancedSampling<double>(InMemory(), seed: 1))) { ChangesByEpoch = true },
        new("BalancedSampling", _ => new BalancedSampling<double>(Weighted(), seed: 1)) { ChangesByEpoch = true },
        new("BalancedSampling of augmented", _ => new BalancedSampling<double>(Augmented(InMemory()), seed: 1)) { ChangesByEpoch = true },
        new("ClassWeightedDataset", _ => InMemory().WithClassWeights(1, 2, 0.5)),
        new("ClassWeightedDataset of weighted", _ => Weighted().WithClassWeights(1, 2, 0)),
        new("ClassWeightedDataset of balanced", _ => new BalancedSampling<double>(InMemory(), seed: 1).WithClassWeights(1, 2, 3)) { ChangesByEpoch = true },
    ];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public static DatasetCase Row(string name) => All.Single(row => row.Name == name);

    private static ArrayDataset<double> Weighted() => new(Images, Features, Labels, Classes, Weights);

    private static ImageDataset<double> InMemory() => new(Images, Pixels, Labels, Classes);

    private static AugmentedDataset<double> Augmented(IDataset<double> dataset) => new(dataset, [new RandomAffine(degrees: 20, shift: 1)], seed: 1);
}
