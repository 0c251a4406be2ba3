using System.Text.Json;

namespace NeuralNet.Samples.FromScratch.Chapters;

/// <summary>A training that went well with a wrong gradient.</summary>
internal sealed class Regression : IChapter
{
    private const double LearningRate = 0.01;
    private const int Steps = 1_000;

    public string Name => "regression";

    public string Title => "a wrong gradient that still goes down";

    public void Run(Figures figures, Options options)
    {
        Example example = Read();

        figures.Example(
            "As the tutorial printed it",
            """
            3 inputs, 5 Relu units, 1 Relu output, 100 samples; mean squared error, of which the update follows half.
            Its backward pass skipped the derivative of the output Relu, and still the cost goes down.
            """);
        Train(figures, example, new ReluWithoutDerivative(), example.AsPrinted, isTrueGradient: false);

        figures.Example(
            "With the true gradient",
            """
            Where the output Relu is shut, nothing may flow back. The costs are higher after 1,000 steps, and they
            are the right ones: it is this gradient, and not the other, that the gradient check confirms.
            """);
        Train(figures, example, new Relu<double>(), example.TrueGradient, isTrueGradient: true);
    }

    private static void Train(Figures figures, Example example, ILayer<double> output, Outcome expected, bool isTrueGradient)
    {
        (Matrix<double> x, Matrix<double> y) = (Rows.Of(example.X), Rows.Of(example.Y));
        Network<double> network = Network.Input<double>(3)
            .Add(new Affine<double>(Rows.Of(example.W1), Rows.Of([0, 0, 0, 0, 0]))).Relu()
            .Add(new Affine<double>(Rows.Of(example.W2), Rows.Number(0))).Add(output)
            .MeanSquaredError()
            .Build();
        figures.Answer("the gradient check passes", GradientCheck.Network(network, x, y).Passed, expected: isTrueGradient);

        // The gradient of half the mean squared error at rate 0.01 is that of all of it at half the rate.
        var optimizer = new Optimizer<double>(network, new Sgd(LearningRate / 2));
        for (int step = 0; step < Steps; step++)
        {
            double cost = network.Step(x, y, optimizer);
            if (step % 100 == 0)
                figures.Number($"cost at step {step}", cost, expected.Costs[step / 100], digits: 12);
            else if (step == Steps - 1)
                figures.Number($"cost at step {step}, the last", cost, expected.Costs[^1], digits: 12);
        }

        figures.Matrix("W1", network.Parameters[0].Value, expected.Parameters.W1, digits: 12);
        figures.Matrix("b1", network.Parameters[1].Value, expected.Parameters.B1, digits: 12);
        figures.Matrix("W2", network.Parameters[2].Value, expected.Parameters.W2, digits: 12);
        figures.Matrix("b2", network.Parameters[3].Value, expected.Parameters.B2, digits: 12);
    }

    private static Example Read()
    {
        using Stream stream = typeof(Regression).Assembly.GetManifestResourceStream("regression.json")!;
        return JsonSerializer.Deserialize<Example>(stream)!;
    }

    /// <summary>The tutorial's fault, not to be copied: a Relu whose backward pass is that of the identity.</summary>
    private sealed class ReluWithoutDerivative : ILayer<double>
    {
        private readonly Relu<double> relu = new();

        public Matrix<double> Forward(Matrix<double> input) => relu.Forward(input);

        public Matrix<double> Backward(Matrix<double> outputGradient) => outputGradient;
    }

    /// <summary>The tutorial's data, its initial weights, and what comes out each way (regression.json).</summary>
    private sealed record Example(double[][] X, double[][] Y, double[][] W1, double[][] W2, Outcome AsPrinted, Outcome TrueGradient);

    /// <summary>The costs at steps 0, 100 ... 900 and 999, each before its update, and the parameters after 1,000 updates.</summary>
    private sealed record Outcome(double[] Costs, Parameters Parameters);

    private sealed record Parameters(double[][] W1, double[][] B1, double[][] W2, double[][] B2);
}
