namespace NeuralNet.Samples.Mnist;

/// <summary>A network that can be trained, and how it is trained where the command line says nothing else.</summary>
/// <param name="Name">What <c>--model</c> calls it.</param>
/// <param name="Summary">What it is, for the help.</param>
/// <param name="Optimizer">The update rule.</param>
/// <param name="Epochs">Passes over the embedded digits.</param>
/// <param name="MnistEpochs">Passes over MNIST, which is forty times as large.</param>
/// <param name="AddLayers">Adds all layers but the loss.</param>
internal sealed record Model(
    string Name, string Summary, string Optimizer, int Epochs, int MnistEpochs, Func<NetworkBuilder<float>, Settings, NetworkBuilder<float>> AddLayers);

/// <summary>
/// The networks, one to a row. A layer takes its size from what it is given, so the embedded digits go through the same layers as MNIST's:
/// in deep-conv their 8x8 are just enough for the third pooling, which leaves 1x1 of them, and 4x4 of 28x28.
/// </summary>
internal static class Models
{
    /// <summary>The one that is trained by default, and the only one that options shape.</summary>
    public static Model Mlp { get; } = new("mlp", "affine layers, as --hidden says", "sgd", 150, 17, AddAffineLayers);

    public static IReadOnlyList<Model> All { get; } =
    [
        Mlp,
        new("simple-conv", "the book's SimpleConvNet, one convolution", "adam", 30, 5, (network, _) => network
            .Convolution(30, 5).Relu().MaxPooling(2)
            .Affine(100).Relu()
            .Affine(Digits.Classes)),

        // The book also drops scores, behind the last layer. To the softmax a dropped score is not missing, it is a 0 like any other:
        // half of the time the loss would judge an answer that the network did not give, and teach it nothing about the right class.
        // He for the last weights too, as in the book: by itself it stands only before a Relu.
        new("deep-conv", "the book's DeepConvNet, six convolutions, without its dropout of scores", "adam", 30, 5, (network, _) => network
            .Convolution(16, 3, padding: 1).Relu().Convolution(16, 3, padding: 1).Relu().MaxPooling(2)
            .Convolution(32, 3, padding: 1).Relu().Convolution(32, 3, padding: 2).Relu().MaxPooling(2)
            .Convolution(64, 3, padding: 1).Relu().Convolution(64, 3, padding: 1).Relu().MaxPooling(2)
            .Affine(50).Relu().Dropout(0.5)
            .Affine(Digits.Classes, new He())),
        new("keras-conv", "the network of Keras' MNIST example, two convolutions", "adam", 30, 5, (network, _) => network
            .Convolution(32, 3).Relu().Convolution(64, 3).Relu().MaxPooling(2).Dropout(0.25)
            .Affine(128).Relu().Dropout(0.5)
            .Affine(Digits.Classes)),
    ];

    private static NetworkBuilder<float> AddAffineLayers(NetworkBuilder<float> network, Settings settings)
    {
        IInitializer? initializer = settings.WeightStandardDeviation is { } deviation ? new Normal(deviation) : null;
        foreach (int size in settings.Hidden)
        {
            network.Affine(size, initializer);
            _ = settings.Activation switch
            {
                "sigmoid" => network.Sigmoid(),
                "tanh" => network.Tanh(),
                _ => network.Relu(),
            };
            if (settings.Dropout is { } dropout)
                network.Dropout(dropout);
        }

        return network.Affine(Digits.Classes, initializer);
    }
}
