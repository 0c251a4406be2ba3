namespace NeuralNet.Samples.FromScratch.Chapters;

/// <summary>Five networks that do not learn, the tutorials' two among them, and what the library says is wrong with each.</summary>
internal sealed class Diagnose : IChapter
{
    private const int Classes = 3;
    private const long Seed = 1;

    private static readonly ArrayDataset<double> Spiral = SyntheticData.Spiral<double>(samplesPerClass: 100, Classes, noise: 0.1, Seed);

    public string Name => "diagnose";

    public string Title => "five networks that do not learn, and why";

    public void Run(Figures figures, Options options)
    {
        Healthy(figures);
        OldArrays(figures);
        LostMinus(figures);
        Bytes(figures);
        SoftmaxTwice(figures);
        LargeRate(figures);
    }

    private static void Healthy(Figures figures)
    {
        figures.Example(
            "First one that learns",
            """
            A spiral of three arms, 2-50-3, Relu, softmax and cross-entropy. Trace runs a step without its update and writes down
            which matrix meets which, what comes out, and the gradient that comes back; Diagnose looks for reasons not to learn.
            """);

        (Matrix<double> x, Matrix<double> t) = All(Spiral);
        Network<double> network = Build(net => net.Affine(50).Relu());
        NetworkTrace trace = network.Trace(x, t);
        figures.Answer("the first product", trace.Layers[0].Operation[..trace.Layers[0].Operation.IndexOf(" +", StringComparison.Ordinal)], "[300, 2] x [2, 50]");
        figures.Answer("is it healthy before training?", network.Diagnose(Spiral).IsHealthy, expected: true);

        var diagnostics = new TrainingDiagnostics<double>(every: 20);
        new Trainer<double>(network, new Adam(0.01)) { Callbacks = [diagnostics] }.Fit(Spiral, epochs: 60, batchSize: 50, seed: Seed);
        figures.Answer("while it trains?", diagnostics.Diagnosis.IsHealthy, expected: true);
        figures.Answer("and after?", network.Diagnose(Spiral).IsHealthy, expected: true);
        figures.About("accuracy", network.Accuracy(x, t), 0.98, margin: 0.02);
        Show(figures, trace);
    }

    private static void OldArrays(Figures figures)
    {
        figures.Example(
            "The tutorial's 10.7 %: layers that keep the old arrays",
            """
            The optimizer changes the parameters, and the layers compute with arrays that they were given once. A layer of the library
            cannot do that; one of your own can. The accuracy never moves, and no error is thrown.
            """);

        (Matrix<double> x, Matrix<double> t) = All(Spiral);
        Network<double> network = Build(net => net.Add(new OldArray(50, "first")).Relu(), new OldArray(Classes, "second"));
        Matrix<double> before = network.Predict(x), weightBefore = network.Parameters[0].Value.Clone();
        var optimizer = new Optimizer<double>(network, new Sgd(0.1));
        for (int step = 0; step < 200; step++)
            network.Step(x, t, optimizer);

        figures.Answer("have the parameters changed?", !network.Parameters[0].Value.Equals(weightBefore), expected: true);
        figures.Answer("has any prediction changed?", !network.Predict(x).Equals(before), expected: false);
        Expect(figures, network.Diagnose(Spiral, optimizer), FindingKind.WithoutEffect, "0.weight");
    }

    private static void LostMinus(Figures figures)
    {
        figures.Example(
            "The tutorial's NaN: a loss that lost its minus sign",
            """
            XOR, 2-2-1, sigmoids, float32, the tutorial's weights, rate 0.01 and sums over the four samples. Before training the sign
            is suspicious; then an output rounds to 1 where 0 is wanted, and its logarithm is infinite. The library throws at that
            step, before the update, so that the weights are still there to be looked at.
            """);

        Matrix<float> x = Matrix<float>.Build.DenseOfRowArrays([0, 0], [0, 1], [1, 0], [1, 1]), t = Matrix<float>.Build.DenseOfRowArrays([0], [1], [1], [0]);
        Network<float> network = Network.Input<float>(2)
            .Add(new Affine<float>(Matrix<float>.Build.DenseOfRowArrays([1, 1], [1, 1]), Matrix<float>.Build.DenseOfRowArrays([1, 2]))).Sigmoid()
            .Add(new Affine<float>(Matrix<float>.Build.DenseOfRowArrays([2], [1]), Matrix<float>.Build.DenseOfRowArrays([1]))).Sigmoid()
            .Add(new LogLikelihood())
            .Build(Seed);
        var optimizer = new Optimizer<float>(network, new Sgd(0.01 * x.RowCount));
        Expect(figures, network.Diagnose(x, t, optimizer), FindingKind.LossMismatch, "layer 4 LogLikelihood");

        bool throws = false;
        try
        {
            for (int step = 0; step < 1_000; step++)
                network.Step(x, t, optimizer);
        }
        catch (NotFiniteNumberException)
        {
            throws = true;
        }

        figures.Answer("does a step throw, before NaN spreads?", throws, expected: true);
        Expect(figures, network.Diagnose(x, t, optimizer), FindingKind.NonFinite, "layer 4 LogLikelihood");
    }

    private static void Bytes(Figures figures)
    {
        figures.Example("Bytes as they are", "The same spiral, its coordinates as bytes from 0 to 255, before sigmoids. Nobody divided by 255.");

        (Matrix<double> x, Matrix<double> t) = All(Spiral);
        Network<double> network = Build(net => net.Affine(50).Sigmoid());
        Diagnosis diagnosis = network.Diagnose(127.5 * (x + 1), t);
        figures.Answer("are the sigmoids saturated?", diagnosis.Findings.Any(finding => finding.Kind == FindingKind.Saturation), expected: true);
        Expect(figures, diagnosis, FindingKind.InputScale, "input");
    }

    private static void SoftmaxTwice(Figures figures)
    {
        figures.Example("Softmax twice", "A Softmax layer, because scores should be probabilities, and then SoftmaxWithLoss, which contains one.");

        Network<double> network = Network.Input<double>(2).Affine(50).Relu().Affine(Classes).Softmax().SoftmaxWithLoss().Build(Seed);
        Expect(figures, network.Diagnose(Spiral), FindingKind.LossMismatch, "layer 4 SoftmaxWithLoss");
    }

    private static void LargeRate(Figures figures)
    {
        figures.Example(
            "A learning rate far too large",
            """
            2-50-3 again, by Sgd at rate 100. A callback looks on while it trains: the first updates tear the weights away, and no
            Relu opens again.
            """);

        Network<double> network = Build(net => net.Affine(50).Relu());
        var diagnostics = new TrainingDiagnostics<double>(every: 1);
        new Trainer<double>(network, new Sgd(100)) { Callbacks = [diagnostics] }.Fit(Spiral, epochs: 5, batchSize: 50, seed: Seed);
        figures.Answer("are there dead units at last?", diagnostics.Diagnosis.Findings.Any(finding => finding.Kind == FindingKind.DeadUnits), expected: true);
        Expect(figures, diagnostics.Diagnosis, FindingKind.UpdateTooLarge, "0.weight");
    }

    // Whether the expected finding is among those that were made; then all of them, as they are printed.
    private static void Expect(Figures figures, Diagnosis diagnosis, FindingKind kind, string where)
    {
        Finding? found = diagnosis.Findings.FirstOrDefault(finding => finding.Kind == kind && finding.Where.StartsWith(where, StringComparison.Ordinal));
        figures.Answer($"a finding at {where}", found?.Kind.ToString() ?? "none", kind.ToString());
        Show(figures, diagnosis);
    }

    private static void Show(Figures figures, object findings) => figures.Say($"\n{findings}");

    private static Network<double> Build(Func<NetworkBuilder<double>, NetworkBuilder<double>> hidden, ILayer<double>? last = null) =>
        hidden(Network.Input<double>(2)).Add(last ?? new Affine<double>(Classes)).SoftmaxWithLoss().Build(Seed);

    private static (Matrix<double> X, Matrix<double> T) All(ArrayDataset<double> dataset)
    {
        BatchEnumerator<double> pass = new Batches<double>(dataset, dataset.Count).InOrder();
        pass.MoveNext();
        return (pass.Current.Features, pass.Current.Targets);
    }

    /// <summary>The tutorial's fault, not to be copied: what the optimizer is shown, and what is computed with, are two arrays.</summary>
    private sealed class OldArray(int outputs, string name) : ILayer<double>
    {
        private Parameter<double>? weight;
        private Matrix<double>? old;
        private Matrix<double>? x;

        public IReadOnlyList<Parameter<double>> Parameters => weight is null ? [] : [weight];

        public Shape Build(Shape inputShape, Random random)
        {
            var values = new double[inputShape.Size * outputs];
            new He().Fill<double>(values, inputShape.Size, outputs, new CounterRandom(Seed).Split(name));
            weight = new Parameter<double>("weight", new Shape(outputs, inputShape.Size), Matrix<double>.Build.Dense(inputShape.Size, outputs, values));

            // Fault: from here on the layer has an array of its own.
            old = weight.Value.Clone();
            return outputs;
        }

        public Matrix<double> Forward(Matrix<double> input) => (x = input) * old;

        public Matrix<double> Backward(Matrix<double> outputGradient)
        {
            x!.TransposeThisAndMultiply(outputGradient).CopyTo(weight!.Gradient);
            return outputGradient.TransposeAndMultiply(old);
        }
    }

    /// <summary>The tutorial's fault, not to be copied: binary cross-entropy without its minus sign, of probabilities.</summary>
    private sealed class LogLikelihood : ILossLayer<float>
    {
        private Matrix<float>? p;
        private Matrix<float>? t;

        public double Forward(Matrix<float> input, Matrix<float> target, ReadOnlySpan<float> sampleWeights = default)
        {
            (p, t) = (input, target);
            return (t.PointwiseMultiply(p.PointwiseLog()) + (1 - t).PointwiseMultiply((1 - p).PointwiseLog())).Enumerate().Sum() / p.RowCount;
        }

        public Matrix<float> Backward() => (t!.PointwiseDivide(p) - (1 - t).PointwiseDivide(1 - p)) / p!.RowCount;

        public Matrix<float> Forward(Matrix<float> input) => input;

        public Matrix<float> Backward(Matrix<float> outputGradient) => outputGradient;
    }
}
