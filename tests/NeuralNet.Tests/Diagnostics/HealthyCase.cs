using System.Globalization;
using System.Reflection;

namespace NeuralNet.Tests;

/// <summary>A training that goes well, and in which nothing is to be found: before it, during, and after.</summary>
internal sealed record HealthyCase(
    string Name, Func<Network<float>> Network, IOptimizerRule Rule, Func<(IDataset<float> Train, IDataset<float>? Validation)> Data, int Epochs, int BatchSize, int Every, double LargestLoss)
{
    private const long Seed = 1;

    public static IReadOnlyList<HealthyCase> All { get; } =
    [
        new("xor, tanh", () => Flat(2).Affine(4).Tanh().Affine(1).SigmoidWithLoss().Build(Seed), new Sgd(2), Xor, 1000, 4, 25, 0.01),
        new("xor, sigmoid", () => Flat(2).Affine(4).Sigmoid().Affine(1).SigmoidWithLoss().Build(Seed), new Sgd(4), Xor, 2000, 4, 50, 0.01),
        new("xor, sigmoid and squared error, Adam", () => Flat(2).Affine(4).Sigmoid().Affine(1).Sigmoid().MeanSquaredError().Build(Seed), new Adam(0.05), Xor, 2000, 4, 50, 0.01),
        new("xor, the tutorial's weights", () => Flat(2).Add(new Affine<float>(Make.Rows([1, 1], [1, 1]).As<float>(), Make.Rows([1, 2]).As<float>())).Sigmoid()
            .Add(new Affine<float>(Make.Rows([2], [1]).As<float>(), Make.Rows([1]).As<float>())).SigmoidWithLoss().Build(Seed), new Sgd(1), Xor, 2000, 4, 50, 0.01),
        new("spiral", () => Flat(2).Affine(32).Relu().Affine(32).Relu().Affine(3).SoftmaxWithLoss().Build(Seed), new Adam(0.01), Spiral, 60, 32, 20, 0.2),
        new("digits, relu", () => Flat(64).Affine(50).Relu().Affine(10).SoftmaxWithLoss().Build(Seed), new Sgd(0.1), Digits, 60, 32, 50, 0.05),
        new("digits, relu, small weights", () => Flat(64).Affine(50, new Normal(0.01)).Relu().Affine(10, new Normal(0.01)).SoftmaxWithLoss().Build(Seed), new Sgd(0.1), Digits, 20, 32, 50, 0.2),
        new("digits, sigmoid", () => Flat(64).Affine(50).Sigmoid().Affine(10).SoftmaxWithLoss().Build(Seed), new Momentum(0.1), Digits, 40, 32, 50, 0.1),
        new("digits, tanh, AdamW", () => Flat(64).Affine(50).Tanh().Affine(50).Tanh().Affine(10).SoftmaxWithLoss().Build(Seed), new AdamW(0.003), Digits, 40, 32, 50, 0.1),
        new("digits, zeros in the only layer", () => Flat(64).Affine(10, new Constant(0)).SoftmaxWithLoss().Build(Seed), new Sgd(0.1), Digits, 10, 32, 20, 0.5),
        new("digits, batch normalization", () => Flat(64).Affine(50).BatchNormalization().Relu().Affine(50).BatchNormalization().Relu().Affine(10).SoftmaxWithLoss().Build(Seed), new Sgd(0.1), Digits, 20, 32, 20, 0.1),
        new("digits, simple-conv", () => Image().Convolution(30, 5).Relu().MaxPooling(2).Affine(100).Relu().Affine(10).SoftmaxWithLoss().Build(Seed), new Adam(), Digits, 15, 32, 20, 0.1),
        new("digits, keras-conv", () => Image().Convolution(32, 3).Relu().Convolution(64, 3).Relu().MaxPooling(2).Dropout(0.25).Affine(128).Relu().Dropout(0.5).Affine(10).SoftmaxWithLoss().Build(Seed), new Adam(), Digits, 8, 32, 20, 0.2),
        new("digits, residual, batch normalization", () => Image().Convolution(16, 3, padding: 1).BatchNormalization().Relu()
            .Residual(block => block.Convolution(16, 3, padding: 1).BatchNormalization().Relu().Convolution(16, 3, padding: 1).BatchNormalization()).Relu()
            .GlobalAveragePooling().Affine(10).SoftmaxWithLoss().Build(Seed), new Adam(0.003), Digits, 6, 32, 20, 0.5),
        new("a line, learned to the last bit", () => Flat(3).Affine(1).MeanSquaredError().Build(Seed), new Sgd(0.1), Line, 200, 32, 10, 1e-9),
        new("a line, squared error", () => Flat(3).Affine(8).Relu().Affine(1).MeanSquaredError().Build(Seed), new Sgd(0.05), Line, 30, 32, 10, 0.1),
    ];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public static (IDataset<float> Train, IDataset<float>? Validation) Digits()
    {
        using var reader = new StreamReader(Assembly.Load("Mnist").GetManifestResourceStream("digits.csv")!);
        reader.ReadLine();
        var pixels = new List<byte>();
        var labels = new List<int>();
        while (reader.ReadLine() is { } line)
        {
            string[] numbers = line.Split(',');
            pixels.AddRange(numbers[..^1].Select(number => byte.Parse(number, CultureInfo.InvariantCulture)));
            labels.Add(int.Parse(numbers[^1], CultureInfo.InvariantCulture));
        }

        (Subset<float> train, Subset<float> test) = Split.Stratified(new ImageDataset<float>(new Shape(1, 8, 8), [.. pixels], labels.ToArray(), 10, scale: 1.0 / 16), trainShare: 0.8, Seed);
        return (train, test);
    }

    public override string ToString() => Name;

    private static NetworkBuilder<float> Flat(int size) => NeuralNet.Network.Input<float>(size);

    private static NetworkBuilder<float> Image() => NeuralNet.Network.Input<float>(new Shape(1, 8, 8));

    private static (IDataset<float> Train, IDataset<float>? Validation) Xor() => (SyntheticData.Xor<float>(), null);

    private static (IDataset<float> Train, IDataset<float>? Validation) Spiral() =>
        (SyntheticData.Spiral<float>(100, 3, 0.2, seed: 1), SyntheticData.Spiral<float>(50, 3, 0.2, seed: 2));

    private static (IDataset<float> Train, IDataset<float>? Validation) Line()
    {
        Matrix<float> x = Make.Uniform<float>(400, 3, seed: 1);
        float[] y = [.. Enumerable.Range(0, 400).Select(row => x[row, 0] - (2 * x[row, 1]) + 0.5f)];
        return Split.Random(new ArrayDataset<float>(3, x.ToRowMajorArray(), 1, y), 0.8, Seed);
    }
}
