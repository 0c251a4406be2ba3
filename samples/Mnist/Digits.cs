using System.Globalization;

namespace NeuralNet.Samples.Mnist;

/// <summary>The handwritten digits to train on, and those held out.</summary>
internal sealed record Digits(string Name, IDataset<float> Train, IDataset<float> Test)
{
    public const int Classes = 10;

    public int Height => Train.FeatureShape[1];

    public int Width => Train.FeatureShape[2];

    public static Digits FromMnist(string directory)
    {
        (ImageDataset<float> train, ImageDataset<float> test) = NeuralNet.Mnist.Load<float>(directory);
        return new Digits("MNIST", train, test);
    }

    /// <summary>The UCI digits, a fifth of each digit held out: a seeded split, because the end of the file was written by other people than its beginning.</summary>
    public static Digits Embedded(long seed)
    {
        const int Side = 8, Brightest = 16;
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
        (Subset<float> train, Subset<float> test) = Split.Stratified(all, trainShare: 0.8, seed);
        return new Digits("UCI digits", train, test);
    }
}
