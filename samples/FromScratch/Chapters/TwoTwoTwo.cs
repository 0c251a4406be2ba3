namespace NeuralNet.Samples.FromScratch.Chapters;

/// <summary>A network so small that a whole pass fits on paper.</summary>
internal sealed class TwoTwoTwo : IChapter
{
    private const double LearningRate = 0.3;
    private const int Epochs = 100;

    // The tutorial writes its weights [out, in] and multiplies W·x: transposed, they are the library's [in, out] for x·W.
    // All four follow from its figures. dW1 = dg ⊗ x with dg = dh·h·(1 - h) gives x; dW2 = dz ⊗ h with dz = (t - y)·t·(1 - t)
    // gives what is wanted, y. An update adds a multiple of x to each row of W1, so its last value and g = W1·x give the first;
    // z = W2·h and dh = W2ᵀ·dz leave one number of W2 free, and only one choice of it is round.
    private static readonly Matrix<double> W1 = Rows.Of([0.7, 0.3], [0.2, 0.4]).Transpose();
    private static readonly Matrix<double> W2 = Rows.Of([0.1, 0.5], [0.8, 0.4]).Transpose();
    private static readonly Matrix<double> X = Rows.Of([2, 4]);
    private static readonly Matrix<double> Y = Rows.Of([0.8, 0.4]);

    public string Name => "two-two-two";

    public string Title => "a whole pass and a training, by hand";

    public void Run(Figures figures, Options options)
    {
        FirstPass(figures);
        Training(figures);
    }

    private static void FirstPass(Figures figures)
    {
        figures.Example(
            "One pass forward and backward",
            """
            x = (2, 4) should give (0.8, 0.4). g = W1·x, h = sigmoid(g), z = W2·h, t = sigmoid(z); no biases.
            The cost is ½ Σ (t - wanted)². The tutorial's weights are [out, in], and so are its gradients below.
            """);

        var affine1 = new Affine<double>(W1);
        var sigmoid1 = new Sigmoid<double>();
        var affine2 = new Affine<double>(W2);
        var sigmoid2 = new Sigmoid<double>();
        var loss = new SumSquaredError<double>();

        Matrix<double> g = affine1.Forward(X);
        Matrix<double> h = sigmoid1.Forward(g);
        Matrix<double> z = affine2.Forward(h);
        Matrix<double> t = sigmoid2.Forward(z);
        double cost = loss.Forward(t, Y);

        figures.Matrix("g", g, [[2.5999999999999996, 2.0]], digits: 13);
        figures.Matrix("h", h, [[0.9308615796566531, 0.8807970779778825]], digits: 13);
        figures.Matrix("z", z, [[0.5334846969546065, 1.0970080949164756]], digits: 13);
        figures.Matrix("t", t, [[0.6302954948311552, 0.74969909305784]], digits: 13);
        figures.Number("cost", cost, 0.07554453738003915, digits: 13);

        Matrix<double> dz = sigmoid2.Backward(loss.Backward());
        Matrix<double> dh = affine2.Backward(dz);
        Matrix<double> dg = sigmoid1.Backward(dh);
        Matrix<double> dx = affine1.Backward(dg);

        figures.Matrix(
            "dW2",
            affine2.Weight.Gradient.Transpose(),
            [[-0.03681098369132576, -0.03483117960972285], [0.06108421826431304, 0.05779892750285731]],
            digits: 13);
        figures.Matrix("dh", dh, [[0.048542422665016155, 0.006475931107056569]], digits: 13);
        figures.Matrix(
            "dW1",
            affine1.Weight.Gradient.Transpose(),
            [[0.006248215521183927, 0.012496431042367855], [0.0013598624515119358, 0.0027197249030238716]],
            digits: 13);
        figures.Matrix("dx", dx, [[0.0023228616775655677, 0.0012092048184799763]], digits: 13);
    }

    private static void Training(Figures figures)
    {
        figures.Example("A hundred epochs at rate 0.3", "Each cost is that of a pass, before its update.");

        Network<double> network = Network.Input<double>(2)
            .Add(new Affine<double>(W1)).Sigmoid()
            .Add(new Affine<double>(W2)).Sigmoid()
            .SumSquaredError()
            .Build();
        figures.Answer("the gradient check passes", GradientCheck.Network(network, X, Y).Passed, expected: true);

        var optimizer = new Optimizer<double>(network, new Sgd(LearningRate));
        var costs = new double[Epochs];
        for (int epoch = 0; epoch < Epochs; epoch++)
            costs[epoch] = network.Step(X, Y, optimizer);

        double[] firstCosts =
        [
            0.07554453738003915, 0.07260684328278962, 0.06973198150469195, 0.06692071360483501, 0.0641740013901004,
            0.061492943713737286, 0.05887871661051838, 0.05633251763213302, 0.0538555151119816, 0.05144880293878543,
        ];
        for (int epoch = 0; epoch < firstCosts.Length; epoch++)
            figures.Number($"cost of epoch {epoch + 1}", costs[epoch], firstCosts[epoch], digits: 13);
        figures.Number("cost of epoch 100", costs[^1], 0.00045778601176134565, digits: 13);
        figures.Matrix(
            "W1",
            network.Parameters[0].Value.Transpose(),
            [[0.6659483754991773, 0.2318967509983538], [0.24678168099230233, 0.49356336198460465]],
            digits: 13);
        figures.Matrix(
            "W2",
            network.Parameters[1].Value.Transpose(),
            [[0.4856201844518626, 0.8777905264220836], [0.01400884981966867, -0.36946052617664377]],
            digits: 13);
        figures.Matrix("t, after training", network.Predict(X), [[0.7771106981776428, 0.4187506096093959]], digits: 13);
    }
}
