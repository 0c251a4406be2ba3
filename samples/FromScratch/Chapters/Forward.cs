namespace NeuralNet.Samples.FromScratch.Chapters;

/// <summary>From an input to an answer, and from an answer to a loss.</summary>
internal sealed class Forward : IChapter
{
    // The tutorial's three layers, 2 -> 3 -> 2 -> 2: weights [in, out] and biases [1, out].
    private static readonly Matrix<double> W1 = Rows.Of([0.1, 0.3, 0.5], [0.2, 0.4, 0.6]);
    private static readonly Matrix<double> W2 = Rows.Of([0.1, 0.4], [0.2, 0.5], [0.3, 0.6]);
    private static readonly Matrix<double> W3 = Rows.Of([0.1, 0.3], [0.2, 0.4]);
    private static readonly Matrix<double> B1 = Rows.Of([0.1, 0.2, 0.3]);
    private static readonly Matrix<double> B2 = Rows.Of([0.1, 0.2]);
    private static readonly Matrix<double> B3 = Rows.Of([0.1, 0.2]);
    private static readonly Matrix<double> X = Rows.Of([1.0, 0.5]);

    public string Name => "forward";

    public string Title => "what a network computes";

    public void Run(Figures figures, Options options)
    {
        MatrixProduct(figures);
        ThreeLayers(figures);
        ThreeLinearLayersAreOne(figures);
        SoftmaxOfScores(figures);
        Losses(figures);
    }

    private static void MatrixProduct(Figures figures)
    {
        figures.Example("A layer is a matrix product", "y = x·W, with the samples in rows: [1 2]·[[1 3 5], [2 4 6]].");

        var layer = new Affine<double>(Rows.Of([1, 3, 5], [2, 4, 6]));
        Matrix<double> y = layer.Forward(Rows.Of([1, 2]));

        figures.Matrix("y", y, [[5, 11, 17]], digits: 15);
    }

    private static void ThreeLayers(Figures figures)
    {
        figures.Example("Three layers", "x = (1, 0.5); a sigmoid after the first two layers, nothing after the third. The tutorial prints y to 8 digits.");

        var hidden1 = new Affine<double>(W1, B1);
        var hidden2 = new Affine<double>(W2, B2);
        var output = new Affine<double>(W3, B3);
        Matrix<double> z1 = new Sigmoid<double>().Forward(hidden1.Forward(X));
        Matrix<double> z2 = new Sigmoid<double>().Forward(hidden2.Forward(z1));
        Matrix<double> y = output.Forward(z2);

        figures.Matrix("z1", z1, [[0.574442516811659, 0.668187772168166, 0.7502601055951177]], digits: 12);
        figures.Matrix("z2", z2, [[0.6262493703990729, 0.7710106968556123]], digits: 12);
        figures.Matrix("y", y, [[0.31682708, 0.69627909]], digits: 8);

        Network<double> network = Network.Input<double>(2)
            .Add(new Affine<double>(W1, B1)).Sigmoid()
            .Add(new Affine<double>(W2, B2)).Sigmoid()
            .Add(new Affine<double>(W3, B3))
            .Build();

        figures.Matrix("predict, the same as a network", network.Predict(X), [[0.31682708, 0.69627909]], digits: 8);
    }

    private static void ThreeLinearLayersAreOne(Figures figures)
    {
        figures.Example(
            "Why there must be something between the layers",
            """
            Without the sigmoids, ((x·W1 + b1)·W2 + b2)·W3 + b3 = x·(W1·W2·W3) + ((b1·W2 + b2)·W3 + b3):
            three linear layers are one. By hand: (0.3, 0.7, 1.1), then (0.6, 1.33), then (0.426, 0.912).
            """);

        Network<double> three = Network.Input<double>(2)
            .Add(new Affine<double>(W1, B1))
            .Add(new Affine<double>(W2, B2))
            .Add(new Affine<double>(W3, B3))
            .Build();
        var one = new Affine<double>(W1 * W2 * W3, (((B1 * W2) + B2) * W3) + B3);

        figures.Matrix("y of three layers", three.Predict(X), [[0.426, 0.912]], digits: 12);
        figures.Matrix("y of one layer, W1·W2·W3", one.Forward(X), [[0.426, 0.912]], digits: 12);
    }

    private static void SoftmaxOfScores(Figures figures)
    {
        figures.Example("Softmax", "Scores become probabilities. Large scores are safe, because the largest is subtracted first.");

        var softmax = new Softmax<double>();

        Matrix<double> y = softmax.Forward(Rows.Of([0.3, 2.9, 4.0]));
        figures.Matrix("softmax(0.3, 2.9, 4)", y, [[0.018211273, 0.24519181, 0.73659691]], digits: 8);
        figures.Number("their sum", y.Row(0).Sum(), 1, digits: 15);
        figures.Matrix("softmax(1010, 1000, 990)", softmax.Forward(Rows.Of([1010, 1000, 990])), [[9.99954600e-01, 4.53978686e-05, 2.06106005e-09]], digits: 9);
    }

    private static void Losses(Figures figures)
    {
        figures.Example(
            "Two losses",
            """
            y = (0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0); the truth is digit 2.
            The cross-entropy is -ln 0.6. (A book that adds 1e-7 inside the logarithm gets 0.510825457.)
            """);

        Matrix<double> y = Rows.Of([0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0]);
        int[] digit = [2];

        figures.Number("sum of squared errors, halved", new SumSquaredError<double>().Forward(y, digit), 0.0975, digits: 12);
        figures.Number("cross-entropy", new CrossEntropyError<double>().Forward(y, digit), 0.510825624, digits: 9);

        Matrix<double> animals = Rows.Of([0.59, 0.26, 0.15]);
        int[] dog = [0];
        figures.Number("dog 0.59, cat 0.26, rabbit 0.15: a dog", new CrossEntropyError<double>().Forward(animals, dog), 0.527632742, digits: 9);
    }
}
