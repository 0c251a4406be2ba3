using Vector = MathNet.Numerics.LinearAlgebra.Vector<double>;

namespace NeuralNet.Samples.FromScratch.Chapters;

/// <summary>Slopes by trying, and walking down them.</summary>
internal sealed class NumericalGradients : IChapter
{
    public string Name => "numerical-gradient";

    public string Title => "slopes by trying, and walking down them";

    public void Run(Figures figures, Options options)
    {
        Slopes(figures);
        Descent(figures, options);
        SimpleNet(figures);
        PrintedSimpleNet(figures);
    }

    // The tutorial's bowl, x0² + x1².
    private static double Bowl(Vector x) => (x[0] * x[0]) + (x[1] * x[1]);

    private static void Slopes(Figures figures)
    {
        figures.Example(
            "The slopes of f = x0² + x1² at (3, 4)",
            """
            (f(x + h) - f(x - h)) / 2h with h = 1e-4. The truth is 6 and 8; the rest is rounding, and it is the same
            rounding wherever the four operations are done in double.
            """);

        figures.Number("df/dx0, x1 held at 4", NumericalGradient.Of(x0 => (x0 * x0) + (4.0 * 4.0), 3.0), 6.00000000000378, digits: 16);
        figures.Number("df/dx1, x0 held at 3", NumericalGradient.Of(x1 => (3.0 * 3.0) + (x1 * x1), 4.0), 7.999999999999119, digits: 16);

        Vector gradient = NumericalGradient.Of(Bowl, Vector.Build.Dense([3, 4]));
        figures.Matrix("the gradient, both at once", gradient.ToRowMatrix(), [[6.00000000000378, 7.999999999999119]], digits: 16);
    }

    private static void Descent(Figures figures, Options options)
    {
        figures.Example("Gradient descent from (-3, 4)", "100 steps x = x - 0.1·gradient. Each shortens the way to the bottom by a fifth.");

        IReadOnlyList<Vector> path = GradientDescent.Minimize(Bowl, Vector.Build.Dense([-3, 4]), learningRate: 0.1, steps: 100);

        figures.Matrix("after 1 step", path[1].ToRowMatrix(), [[-2.399999999999622, 3.200000000000088]], digits: 16);
        figures.Matrix("after 100 steps", path[100].ToRowMatrix(), [[-6.11110793e-10, 8.14814391e-10]], digits: 9);
        figures.Say($"\nThe path over the contour lines of f: {Draw(path, options.OutputDirectory)}");
    }

    private static string Draw(IReadOnlyList<Vector> path, string directory)
    {
        ContourChart chart = new ContourChart(
            "Gradient descent on x0² + x1²", "x0", "x1", (x0, x1) => (x0 * x0) + (x1 * x1), (-3.5, 3.5), (-4.5, 4.5))
            .AddPath("rate 0.1", [.. path.Select(point => (point[0], point[1]))]);

        Directory.CreateDirectory(directory);
        string file = Path.Combine(directory, "gradient-descent.svg");
        File.WriteAllText(file, chart.ToSvg());
        return file;
    }

    private static void SimpleNet(Figures figures)
    {
        figures.Example(
            "simpleNet: one layer 2 -> 3, softmax, cross-entropy",
            """
            x = (0.6, 0.9), the truth is class 2. Whatever W is, dW = x ⊗ (softmax - t): a row of dW is a multiple
            of softmax - t, which sums to 0, and as x1 / x0 = 1.5 the second row is 1.5 times the first.
            W is random (seed 1); "expected" is the formula.
            """);

        Matrix<double> x = Rows.Of([0.6, 0.9]);
        Matrix<double> t = Rows.Of([0, 0, 1]);
        Network<double> network = Network.Input<double>(2).Affine(3, new Normal(1), bias: false).SoftmaxWithLoss().Build(seed: 1);
        Matrix<double> w = network.Parameters[0].Value;

        network.Gradients(x, t);
        Matrix<double> dw = network.Parameters[0].Gradient;
        Matrix<double> numeric = NumericalGradient.Of(values => new SoftmaxWithLoss<double>().Forward(x * values, t), w);
        double[][] formula = x.TransposeThisAndMultiply(network.Predict(x) - t).ToRowArrays();

        figures.Matrix("dW, backward", dw, formula, digits: 12);
        figures.Matrix("dW, numerical", numeric, formula, digits: 7);
        figures.Number("sum of row 0", dw.Row(0).Sum(), 0, digits: 15);
        figures.Number("sum of row 1", dw.Row(1).Sum(), 0, digits: 15);
        figures.Matrix("row 1 / row 0", dw.Row(1).PointwiseDivide(dw.Row(0)).ToRowMatrix(), [[1.5, 1.5, 1.5]], digits: 12);
        figures.Answer("the gradient check passes", GradientCheck.Network(network, x, t).Passed, expected: true);
    }

    private static void PrintedSimpleNet(Figures figures)
    {
        figures.Example(
            "simpleNet, as the tutorial prints it",
            """
            Its printed dW keeps both rules. But softmax = dW / x + t, and the loss is -ln softmax[2]: that dW means
            a loss of 2.21135, and the tutorial prints 1.88046 beside it. The two are from different random draws.
            """);

        const double PrintedLoss = 1.8804553689014925;
        Vector x = Vector.Build.Dense([0.6, 0.9]);
        Vector t = Vector.Build.Dense([0, 0, 1]);
        Matrix<double> printed = Rows.Of([0.05311223, 0.48115629, -0.53426851], [0.07966834, 0.72173443, -0.80140277]);
        Vector softmax = (printed.Row(0) / x[0]) + t;
        double loss = -Math.Log(softmax[2]);

        figures.Number("sum of row 0", printed.Row(0).Sum(), 0, digits: 7);
        figures.Number("sum of row 1", printed.Row(1).Sum(), 0, digits: 7);
        figures.Matrix("row 1 / row 0", printed.Row(1).PointwiseDivide(printed.Row(0)).ToRowMatrix(), [[1.5, 1.5, 1.5]], digits: 7);
        figures.Matrix("the softmax it means", softmax.ToRowMatrix(), [[0.08852038333333334, 0.80192715, 0.10955248333333334]], digits: 12);
        figures.Number("the loss it means", loss, 2.2113515447052707, digits: 12);
        figures.Answer("is that the printed loss, 1.88046?", Math.Abs(loss - PrintedLoss) < 1e-5, expected: false);
    }
}
