namespace NeuralNet.Samples.FromScratch.Chapters;

/// <summary>MNIST twice: a training that changes nothing, and one that learns.</summary>
internal sealed class TwoLayer : IChapter
{
    private const int Pixels = 28 * 28, Hidden = 100, Classes = 10;
    private const int BatchSize = 100;
    private const float LearningRate = 0.01f;
    private const int Steps = 10_000, TutorialSteps = 200;
    private const long Seed = 1;

    public string Name => "two-layer";

    public string Title => "real digits, and layers that kept the old arrays";

    public void Run(Figures figures, Options options)
    {
        if (options.DataDirectory is null)
        {
            figures.Skip(this, "it needs MNIST's four files, plain or gzip: two-layer --data DIR");
            return;
        }

        (ImageDataset<float> train, ImageDataset<float> test) = Mnist.Load<float>(options.DataDirectory);
        Batch<float> all = AllOf(test);
        TutorialsWay(figures, train, all);
        OtherFaults(figures);
        Ours(figures, train, all);
    }

    private static void TutorialsWay(Figures figures, ImageDataset<float> train, Batch<float> test)
    {
        figures.Example(
            "The tutorial's way: the accuracy never moves",
            $"""
            784-100-10, batches of 100, rate 0.01, weights of standard deviation 0.01. The tutorial's accuracy never
            changed from 0.10775. Its layers were given the arrays W1, b1, W2, b2 once; its loop then computes
            W1 - rate·dW1, which is a new array, and puts that in the place of its own W1. The layers still hold the old one.
            (The value itself depends on the random weights.) No step can change a layer, so that {TutorialSteps} of the
            10,000 steps show as much.
            """);

        var network = new TutorialNetwork();
        double before = network.Accuracy(test);
        Matrix<float> weightBefore = network.LayerWeight.Clone();
        Train(train, TutorialSteps, batch => network.Step(batch));

        figures.Number("test accuracy after, and before", network.Accuracy(test), before, digits: 4);
        figures.Answer("has W1 of the loop changed?", !network.LoopWeight.Equals(weightBefore), expected: true);
        figures.Answer("has W1 of the layer changed?", !network.LayerWeight.Equals(weightBefore), expected: false);
    }

    private static void OtherFaults(Figures figures)
    {
        string? refusal = null;
        try
        {
            _ = new Affine<float>(Matrix<float>.Build.Dense(Hidden, Classes), Matrix<float>.Build.Dense(1, Hidden));
        }
        catch (ArgumentException exception)
        {
            refusal = exception.Message;
        }

        figures.Example(
            "Two more faults",
            $"""
            Its bias gradient summed the bias itself, db = Σ b, instead of dy over the batch: b begins as zero, and so
            it would have stayed. And its second bias had the wrong length, so that the code cannot run as printed.
            Give the library a bias as long as the hidden layer, for instance, and it says:
              {refusal}
            """);
        figures.Answer("is such a bias refused?", refusal is not null, expected: true);
    }

    private static void Ours(Figures figures, ImageDataset<float> train, Batch<float> test)
    {
        figures.Example(
            "Ours: it learns",
            """
            The same sizes, rate and spread, 10,000 steps. A parameter of the library is one object for its whole life:
            the optimizer changes the numbers in it, and layer, optimizer and caller see the same ones.
            """);

        Network<float> network = Network.Input<float>(Pixels)
            .Affine(Hidden, new Normal(0.01)).Relu()
            .Affine(Classes, new Normal(0.01)).SoftmaxWithLoss()
            .Build(Seed);
        var optimizer = new Optimizer<float>(network, new Sgd(LearningRate));
        Train(train, Steps, batch => network.Step(batch.Features, batch.Targets, optimizer));

        figures.About("test accuracy", network.Accuracy(test.Features, test.Targets), 0.92, margin: 0.01);
    }

    private static void Train(ImageDataset<float> train, int steps, Action<Batch<float>> step)
    {
        var batches = new Batches<float>(train, BatchSize, Seed);
        for (int done = 0; done < steps;)
        {
            foreach (Batch<float> batch in batches.Epoch(done / batches.BatchesPerEpoch))
            {
                if (done++ == steps)
                    return;
                step(batch);
            }
        }
    }

    private static Batch<float> AllOf(ImageDataset<float> dataset)
    {
        BatchEnumerator<float> pass = new Batches<float>(dataset, dataset.Count).InOrder();
        pass.MoveNext();
        return pass.Current;
    }

    /// <summary>The tutorial's network with its faults, not to be copied; only the length of its second bias is mended, so that it runs.</summary>
    private sealed class TutorialNetwork
    {
        private readonly Dictionary<string, Matrix<float>> parameters;
        private readonly Affine<float> affine1;
        private readonly Affine<float> affine2;
        private readonly Relu<float> relu = new();
        private readonly SoftmaxWithLoss<float> loss = new();

        public TutorialNetwork()
        {
            parameters = new()
            {
                ["W1"] = RandomWeight(Pixels, Hidden, "W1"),
                ["b1"] = Matrix<float>.Build.Dense(1, Hidden),
                ["W2"] = RandomWeight(Hidden, Classes, "W2"),
                ["b2"] = Matrix<float>.Build.Dense(1, Classes),
            };

            // Each layer has its own arrays from here on.
            affine1 = new Affine<float>(parameters["W1"], parameters["b1"]);
            affine2 = new Affine<float>(parameters["W2"], parameters["b2"]);
        }

        public Matrix<float> LayerWeight => affine1.Weight.Value;

        public Matrix<float> LoopWeight => parameters["W1"];

        public void Step(Batch<float> batch)
        {
            loss.Forward(Scores(batch.Features), batch.Targets);
            affine1.Backward(relu.Backward(affine2.Backward(loss.Backward())));

            // Fault: these are new arrays, and no layer ever sees them.
            parameters["W1"] -= LearningRate * affine1.Weight.Gradient;
            parameters["W2"] -= LearningRate * affine2.Weight.Gradient;

            // Fault: the gradient of a bias is not the sum of the bias.
            parameters["b1"] -= LearningRate * parameters["b1"].RowSums().Sum();
            parameters["b2"] -= LearningRate * parameters["b2"].RowSums().Sum();
        }

        public double Accuracy(Batch<float> test)
        {
            int[] predicted = OneHot.Decode(Scores(test.Features));
            int[] labels = OneHot.Decode(test.Targets);
            return predicted.Zip(labels).Count(pair => pair.First == pair.Second) / (double)labels.Length;
        }

        private Matrix<float> Scores(Matrix<float> x) => affine2.Forward(relu.Forward(affine1.Forward(x)));

        private static Matrix<float> RandomWeight(int rows, int columns, string name)
        {
            var random = new CounterRandom(Seed).Split(name);
            var values = new float[rows * columns];
            new Normal(0.01).Fill<float>(values, rows, columns, random);
            return Matrix<float>.Build.Dense(rows, columns, values);
        }
    }
}
