using NeuralNet.Samples.Mnist;

namespace NeuralNet.Tests;

/// <summary>Every layer and every head of the library, in a network by itself; the networks of the MNIST sample; and what the rows of the layers leave out.</summary>
internal static class ExportCases
{
    private static readonly Settings MnistSettings = new()
    {
        Model = Models.Mlp,
        Hidden = [50, 20],
        Activation = "sigmoid",
        Dropout = 0.5,
        Optimizer = "sgd",
        Schedule = "constant",
        Out = string.Empty,
    };

    public static IReadOnlyList<ExportCase> All { get; } =
    [
        .. LayerCases.All.Select(OfLayer),
        .. LossCases.All.Select(OfLoss),
        .. Models.All.Select(OfMnist),
        Of("Affine of an image", new Shape(2, 3, 3), network => network.Affine(4)),
        Of("Affine behind a convolution", new Shape(2, 4, 4), network => network.Convolution(3, 3).Relu().Affine(5).Softmax()),
        Of("Embedding of an image", new Shape(2, 1, 3), network => network.Embedding(4, 3).Affine(2), Whole),
        Of("Softmax of an image", new Shape(2, 3, 2), network => network.Softmax()),
        Of("LogSoftmax of an image", new Shape(2, 3, 2), network => network.LogSoftmax()),
        Of("SoftmaxWithLoss of an image", new Shape(2, 3, 2), network => network.SoftmaxWithLoss()),
        Of("SigmoidWithLoss of an image", new Shape(2, 3, 2), network => network.SigmoidWithLoss()),
        Of("MaxPooling same", new Shape(2, 5, 6), network => network.MaxPooling(2, padding: Padding.Same)),
        Of("MaxPooling 3x2 same, stride 1", new Shape(2, 5, 6), network => network.MaxPooling((3, 2), stride: 1, padding: Padding.Same)),
        Of("MaxPooling same, dilated beyond its kernel", new Shape(2, 6, 7), network => network.MaxPooling(2, stride: 1, padding: Padding.Same, dilation: 3)),
        Of("AveragePooling same", new Shape(2, 5, 6), network => network.AveragePooling((3, 2), stride: 1, padding: Padding.Same)),
        Of("AveragePooling same, padding not counted", new Shape(2, 5, 6), network => network.AveragePooling(2, padding: Padding.Same, countPadding: false)),
        Of("Convolution same, even kernel", new Shape(2, 5, 6), network => network.Convolution(3, 4, stride: 2, padding: Padding.Same)),
        Of("Softplus of beta below 1", 5, network => network.Softplus(beta: 0.25)),
        Of("Gelu behind a scale", 5, network => network.Scale(2).Gelu().Scale(3).Gelu(approximate: true).Scale(0.5).Silu()),
        Of("Gelu behind a normalization", 3, network => network.Normalization(new Scaling([1, 2, -1], [1, 1, 1])).Gelu(approximate: true)),
        Of("Scale without offset", 5, network => network.Scale(3)),
        Of("Reshape to its own shape", 6, network => network.Reshape(6)),
        Of("Reshape and back", 6, network => network.Reshape(new Shape(2, 1, 3)).Tanh().Flatten()),
        Of("GroupNormalization of a sequence", new Shape(4, 5), network => network.GroupNormalization(2)),
        Of("Nothing but dropout", 5, network => network.Dropout().Identity()),
        Of("The input on both ways", new Shape(2, 3, 3), network => network.Residual(block => block.Identity()).Concat(block => block, block => block.Dropout())),
        Of("A block of convolutions", new Shape(3, 6, 6), network => network
            .Convolution(8, 3, padding: Padding.Same, bias: false).BatchNormalization().Relu()
            .Residual(block => block.Convolution(8, 3, padding: 1).BatchNormalization().Silu().Convolution(8, 1))
            .Residual(block => block.Convolution(4, 3, stride: 2, padding: 1).PRelu(perChannel: true), projection => projection.Convolution(4, 1, stride: 2))
            .Concat(block => block.MaxPooling(3, stride: 1, padding: 1), block => block.Convolution(2, 1).Gelu())
            .SpatialDropout().GlobalAveragePooling().Affine(3).SoftmaxWithLoss()),
    ];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public static ExportCase Row(string name) => All.Single(row => row.Name == name);

    private static ExportCase OfLayer(LayerCase row) => new(row.Name, row.CreateNetwork<float>, samples => row.Batch<float>(samples, seed: 3))
    {
        Extremes = [.. row.Extremes.Select(extreme => (extreme.Input, HasLimit(row) ? extreme.Input.Zip(extreme.Output, WithoutLimit).ToArray() : extreme.Output))],
    };

    private static ExportCase OfLoss(LossCase row) => new(row.Name, () => new Network<float>(row.Outputs, [row.New<float>()], seed: 1), samples => row.Input(samples).As<float>());

    // These are products of x and of something that goes to 0 with it; the limit at minus infinity is known to the library alone.
    private static bool HasLimit(LayerCase row) => row.Single() is Silu<float> or Gelu<float> or HardSwish<float>;

    private static double WithoutLimit(double input, double output) => double.IsNegativeInfinity(input) ? double.NaN : output;

    // Weights as they begin.
    private static ExportCase OfMnist(Model model) => new(
        $"Mnist {model.Name}",
        () => model.AddLayers(Network.Input<float>(new Shape(1, 28, 28)), MnistSettings).SoftmaxWithLoss().Build(seed: 1),
        samples => Make.Uniform<float>(samples, 28 * 28, seed: 3, low: 0, high: 1));

    private static ExportCase Of(string name, Shape input, Func<NetworkBuilder<float>, NetworkBuilder<float>> layers, Func<Matrix<float>, Matrix<float>>? samples = null) => new(
        name,
        () => LayerCase.WithValues(layers(Network.Input<float>(input)).Build(seed: 1)),
        count => (samples ?? (batch => batch))(Make.Uniform<float>(count, input.Size, seed: 3)));

    // From -2 ... 2 to 0 ... 3.
    private static Matrix<float> Whole(Matrix<float> samples) => (samples + 2).PointwiseFloor();
}
