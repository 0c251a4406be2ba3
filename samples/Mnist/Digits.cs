using System.Globalization;

namespace NeuralNet.Samples.Mnist;

/// <summary>The handwritten digits to train on, and those to test with.</summary>
internal sealed record Digits(string Name, IDataset<float> Train, IDataset<float> Test)
{
    public const int Classes = 10;

    /// <summary>What the network is measured on after each epoch: the test samples, which is only looking on as long as nothing is decided by it.</summary>
    public IDataset<float> HeldOut { get; private init; } = Test;

    public int Height => Train.FeatureShape[1];

    public int Width => Train.FeatureShape[2];

    public static Digits FromMnist(string directory)
    {
        (ImageDataset<float> train, ImageDataset<float> test) = NeuralNet.Mnist.Load<float>(directory);
        return new Digits("MNIST", train, test);
    }

    /// <summary>The same, but measured after each epoch on a tenth of the training samples, which are no longer trained on: for whoever decides by it when to stop.</summary>
    public Digits WithValidation(long seed)
    {
        (Subset<float> train, Subset<float> validation) = Split.Stratified(Train, trainShare: 0.9, seed);
        return this with { Train = train, HeldOut = validation };
    }

    /// <summary>The training samples turned, stretched and shifted a little, in each epoch anew.</summary>
    public IDataset<float> Augmented(long seed) =>
        new AugmentedDataset<float>(Train, [new RandomAffine(degrees: 10, shift: Width / 14.0, minScale: 0.9, maxScale: 1.1)], seed);

    /// <summary>
    /// The UCI digits, a fifth of each digit held out: a seeded split, because the end of the file was written by other people than its beginning. The seed is always the same, so that a
    /// network that is loaded has not been trained on what it is tested with.
    /// </summary>
    public static Digits Embedded()
    {
        const int Side = 8, Brightest = 16, SplitSeed = 1;
        using Stream stream = typeof(Digits).Assembly.GetManifestResourceStream("digits.csv")!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        var pixels = new List<byte>();
        var labels = new List<int>();
        while (reader.ReadLine() is { } line)
        {
            string[] numbers = line.Split(',');
            pixels.AddRange(numbers[..^1].Select(number => byte.Parse(number, CultureInfo.InvariantCulture)));
            labels.Add(int.Parse(numbers[^1], CultureInfo.InvariantCulture));
        }

        var all = new ImageDataset<float>(new Shape(1, Side, Side), [.. pixels], labels.ToArray(), Classes, scale: 1.0 / Brightest);
        (Subset<float> train, Subset<float> test) = Split.Stratified(all, trainShare: 0.8, SplitSeed);
        return new Digits("UCI digits", train, test);
    }

    public override string ToString() =>
        $"{Name}: {Train.Count} samples to train on, {(HeldOut == Test ? string.Empty : $"{HeldOut.Count} to decide when to stop, ")}{Test.Count} held out.";
}
