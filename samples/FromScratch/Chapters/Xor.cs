namespace NeuralNet.Samples.FromScratch.Chapters;

/// <summary>Four points that a network must not be trained uphill.</summary>
internal sealed class Xor : IChapter
{
    // The tutorial's weights. They follow from the figures of its first step: p(0, 1) = p(1, 0), so both inputs weigh the same,
    // and p, dW1, db1, dW2 leave one solution for the seven numbers that remain.
    private static readonly Matrix<double> W1 = Rows.Of([1, 1], [1, 1]);
    private static readonly Matrix<double> B1 = Rows.Of([1, 2]);
    private static readonly Matrix<double> W2 = Rows.Of([2], [1]);
    private static readonly Matrix<double> B2 = Rows.Number(1);
    private static readonly Matrix<double> X = Rows.Of([0, 0], [0, 1], [1, 0], [1, 1]);
    private static readonly Matrix<double> T = Rows.Of([0], [1], [1], [0]);

    public string Name => "xor";

    public string Title => "a minus sign, a mean, and a rate";

    public void Run(Figures figures, Options options)
    {
        TutorialsWay(figures);
        Mended(figures);
        Ours(figures);
    }

    private static void TutorialsWay(Figures figures)
    {
        figures.Example(
            "The tutorial's way: nan",
            """
            2-2-1, sigmoids, binary cross-entropy, float32, rate 0.01. The loss lost its minus sign, so that descent
            drives the likelihood down; weights take the summed gradient, biases the mean. The first output that
            rounds to 1 where 0 is wanted makes the loss infinite, and its derivative 1 / (1 - p) spoils all weights.
            """);

        var network = new TutorialNetwork();
        double[] losses = [.. Enumerable.Range(1, 400).Select(_ => network.Epoch())];

        figures.Number("its loss at epoch 1, without the minus", losses[0], -1.8333157516134713, digits: 6);
        figures.Number("first epoch with an infinite loss", Array.FindIndex(losses, double.IsInfinity) + 1, 312, digits: 3);
        figures.Number("first epoch with a loss of NaN", Array.FindIndex(losses, double.IsNaN) + 1, 313, digits: 3);
    }

    private static void Mended(Figures figures)
    {
        figures.Example(
            "Mended, and still at rate 0.01",
            """
            With the minus sign, and the mean for all, the loss after 10,000 epochs is hardly below ln 2 = 0.693, that of a
            coin. The expected loss is that of the same training in NumPy, float64.
            """);

        Network<double> network = Build();
        var optimizer = new Optimizer<double>(network, new Sgd(0.01));
        double loss = 0;
        for (int step = 1; step <= 10_000; step++)
            loss = network.Step(X, T, optimizer);

        figures.Number("loss at step 10000", loss, 0.64867558745892, digits: 10);
        figures.Answer("are all four right?", network.Accuracy(X, T) == 1, expected: false);
    }

    private static void Ours(Figures figures)
    {
        figures.Example("Ours, at rate 1", "The same weights and the same loss; each loss is that of a pass, before its update.");

        Network<double> network = Build();
        figures.Matrix(
            "p, before training",
            network.Predict(X),
            [[0.9658720354918728], [0.9762043298866647], [0.9762043298866647], [0.9799084937742277]],
            digits: 14);

        network.Gradients(X, T);
        figures.Matrix(
            "dW1",
            network.Parameters[0].Gradient,
            [[0.020885299934195325, 0.0040582067374159], [0.020885299934195325, 0.0040582067374159]],
            digits: 13);
        figures.Matrix("db1", network.Parameters[1].Gradient, [[0.11458708765402739, 0.029142046526289746]], digits: 13);
        figures.Matrix("dW2", network.Parameters[2].Gradient, [[0.3994065504548316], [0.44192166026565716]], digits: 13);
        figures.Matrix("db2", network.Parameters[3].Gradient, [[0.4745472972598575]], digits: 13);
        figures.Answer("the gradient check passes", GradientCheck.Network(network, X, T).Passed, expected: true);

        var expected = new Dictionary<int, double>
        {
            [1] = 1.8333157516134713,
            [10] = 0.686244821906368,
            [100] = 0.649872845472611,
            [1_000] = 0.01836635414394,
            [2_000] = 0.0063187173016683255,
            [5_000] = 0.0020904161518033974,
            [10_000] = 0.0009815069388528688,
            [20_000] = 0.00047452793422674076,
        };
        var optimizer = new Optimizer<double>(network, new Sgd(1.0));
        Matrix<double> p = X;
        for (int step = 1; step <= 20_000; step++)
        {
            if (step == 20_000)
                p = network.Predict(X);
            double loss = network.Step(X, T, optimizer);
            if (expected.TryGetValue(step, out double expectedLoss))
                figures.Number($"loss at step {step}", loss, expectedLoss, digits: 10);
        }

        figures.Matrix("p, at step 20000", p, [[0.0006158782001460483], [0.9995756808578683], [0.9995756808578683], [0.0004331315953481189]], digits: 10);
        figures.Number("share of the four that is right", network.Accuracy(X, T), 1, digits: 15);
    }

    private static Network<double> Build() => Network.Input<double>(2)
        .Add(new Affine<double>(W1, B1)).Sigmoid()
        .Add(new Affine<double>(W2, B2)).SigmoidWithLoss()
        .Build();

    /// <summary>The tutorial's network with its faults, not to be copied; in float32, as it ran.</summary>
    private sealed class TutorialNetwork
    {
        private const float LearningRate = 0.01f;

        private readonly Matrix<float> x = X.Map(value => (float)value);
        private readonly Matrix<float> t = T.Map(value => (float)value);
        private Matrix<float> w1 = W1.Map(value => (float)value);
        private Matrix<float> b1 = B1.Map(value => (float)value);
        private Matrix<float> w2 = W2.Map(value => (float)value);
        private Matrix<float> b2 = B2.Map(value => (float)value);

        /// <summary>One pass and one update; the loss as the tutorial computed it.</summary>
        public double Epoch()
        {
            Matrix<float> h = Sigmoid(Affine(x, w1, b1));
            Matrix<float> p = Sigmoid(Affine(h, w2, b2));

            // Fault: the mean of t·ln p + (1 - t)·ln(1 - p) is the log-likelihood; the loss is minus that.
            Matrix<float> logLikelihood = t.PointwiseMultiply(p.Map(MathF.Log)) + (1 - t).PointwiseMultiply((1 - p).Map(MathF.Log));
            Matrix<float> dp = t.PointwiseDivide(p) - (1 - t).PointwiseDivide(1 - p);

            Matrix<float> dz = dp.PointwiseMultiply(p).PointwiseMultiply(1 - p);
            Matrix<float> dg = (dz * w2.Transpose()).PointwiseMultiply(h).PointwiseMultiply(1 - h);

            // Fault: weights take the sum over the samples, biases the mean.
            w2 -= LearningRate * (h.Transpose() * dz);
            b2 -= LearningRate * Mean(dz);
            w1 -= LearningRate * (x.Transpose() * dg);
            b1 -= LearningRate * Mean(dg);
            return logLikelihood.RowSums().Sum() / x.RowCount;
        }

        private static Matrix<float> Affine(Matrix<float> x, Matrix<float> w, Matrix<float> b) =>
            (x * w).MapIndexed((_, column, value) => value + b[0, column], Zeros.Include);

        private static Matrix<float> Sigmoid(Matrix<float> x) => x.Map(value => 1 / (1 + MathF.Exp(-value)), Zeros.Include);

        private static Matrix<float> Mean(Matrix<float> rows) => (rows.ColumnSums() / rows.RowCount).ToRowMatrix();
    }
}
