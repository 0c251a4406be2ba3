using System.Text.Json;

namespace NeuralNet.Tests.Samples;

/// <summary>
/// The worked examples of the tutorials: the sample that prints them, and the library against their figures.
/// The figures are the tutorials' own where those are right, recomputed to the last digit by a NumPy float64 script of the same formulas.
/// </summary>
public sealed class FromScratchTests : IDisposable
{
    private const double Exact = 1e-12;

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("forward")]
    [InlineData("numerical-gradient")]
    [InlineData("chain-rule")]
    [InlineData("two-two-two")]
    [InlineData("regression")]
    [InlineData("xor")]
    [InlineData("diagnose")]
    public async Task Every_figure_of_a_chapter_is_as_expected(string chapter)
    {
        SampleProcess sample = await SampleProcess.Run("FromScratch", folder.FullName, chapter);

        sample.Error.Should().BeEmpty();
        sample.Output.Should().StartWith($"{Environment.NewLine}{chapter}: ").And.Contain("figures are as expected.").And.NotContain("DIFFERS");
        sample.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task The_descent_is_drawn_over_contour_lines()
    {
        await SampleProcess.Run("FromScratch", folder.FullName, "numerical-gradient", "--out", "pictures");

        File.ReadAllText(Path.Combine(folder.FullName, "pictures", "gradient-descent.svg")).Should().StartWith("<svg").And.Contain("class='path'");
    }

    [Fact]
    public async Task Without_its_data_a_chapter_is_skipped_visibly()
    {
        SampleProcess sample = await SampleProcess.Run("FromScratch", folder.FullName, "two-layer");

        sample.Output.Should().Contain("SKIPPED").And.Contain("--data").And.Contain("Skipped: two-layer.");
        sample.ExitCode.Should().Be(0);
    }

    [MnistFact]
    public async Task With_mnist_the_tutorials_way_stands_still_and_ours_learns()
    {
        SampleProcess sample = await SampleProcess.Run("FromScratch", folder.FullName, "two-layer", "--data", SharedData.Mnist!);

        sample.Output.Should().Contain("figures are as expected.").And.NotContain("DIFFERS");
        sample.ExitCode.Should().Be(0);
    }

    [Theory]
    [InlineData("There is no chapter 'backward'.", "backward")]
    [InlineData("Unknown option '--quick'.", "--quick")]
    [InlineData("The option --data needs a directory.", "two-layer", "--data")]
    [InlineData("The option --out needs a directory.", "numerical-gradient", "--out", "")]
    [InlineData("'xor' is one chapter too many.", "forward", "xor")]
    public async Task A_command_line_that_is_not_understood_is_answered_in_one_line(string problem, params string[] arguments)
    {
        SampleProcess sample = await SampleProcess.Run("FromScratch", folder.FullName, arguments);

        sample.Error.Should().Be(
            $"{problem} The chapters are forward, numerical-gradient, chain-rule, two-two-two, regression, two-layer, xor, diagnose; "
            + $"the options are --data DIR, --out DIR and --help.{Environment.NewLine}");
        sample.Output.Should().BeEmpty();
        sample.ExitCode.Should().Be(2);
    }

    [Fact]
    public async Task Missing_data_is_said_in_one_line()
    {
        SampleProcess sample = await SampleProcess.Run("FromScratch", folder.FullName, "two-layer", "--data", "nowhere");

        sample.Error.Should().Be($"The MNIST directory nowhere does not exist.{Environment.NewLine}");
        sample.ExitCode.Should().Be(2);
    }

    [Fact]
    public async Task Help_lists_the_chapters()
    {
        SampleProcess sample = await SampleProcess.Run("FromScratch", folder.FullName, "--help");

        sample.Output.Should().ContainAll(
            "usage:", "forward", "numerical-gradient", "chain-rule", "two-two-two", "regression", "two-layer", "xor", "diagnose", "--data DIR", "--out DIR");
        sample.ExitCode.Should().Be(0);
    }

    // The 2-2-2 sigmoid network by hand. Its weights are [out, in] in the tutorial, and so are the gradients here.
    [Fact]
    public void Two_two_two_passes_and_learns_as_by_hand()
    {
        Matrix<double> x = Rows([2, 4]), y = Rows([0.8, 0.4]);
        Network<double> network = Network.Input<double>(2)
            .Add(new Affine<double>(Rows([0.7, 0.3], [0.2, 0.4]).Transpose())).Sigmoid()
            .Add(new Affine<double>(Rows([0.1, 0.5], [0.8, 0.4]).Transpose())).Sigmoid()
            .SumSquaredError()
            .Build();

        ShouldBe(network.Predict(x), [0.6302954948311552, 0.74969909305784]);
        network.Gradients(x, y).Should().BeApproximately(0.07554453738003915, Exact);
        ShouldBe(
            network.Parameters[0].Gradient.Transpose(),
            [0.006248215521183927, 0.012496431042367855],
            [0.0013598624515119358, 0.0027197249030238716]);
        ShouldBe(
            network.Parameters[1].Gradient.Transpose(),
            [-0.03681098369132576, -0.03483117960972285],
            [0.06108421826431304, 0.05779892750285731]);

        var optimizer = new Optimizer<double>(network, new Sgd(0.3));
        double[] costs = [.. Enumerable.Range(0, 100).Select(_ => network.Step(x, y, optimizer))];

        costs[9].Should().BeApproximately(0.05144880293878543, Exact);
        costs[99].Should().BeApproximately(0.00045778601176134565, Exact);
        ShouldBe(network.Parameters[0].Value.Transpose(), [0.6659483754991773, 0.2318967509983538], [0.24678168099230233, 0.49356336198460465]);
        ShouldBe(network.Parameters[1].Value.Transpose(), [0.4856201844518626, 0.8777905264220836], [0.01400884981966867, -0.36946052617664377]);
        ShouldBe(network.Predict(x), [0.7771106981776428, 0.4187506096093959]);
    }

    // The 3-5-1 Relu regression with the true gradient; the update follows half the mean squared error at rate 0.01.
    // Data and weights are the tutorial's, in the sample's regression.json.
    [Fact]
    public void Regression_follows_the_costs_of_the_true_gradient()
    {
        using Stream stream = typeof(FromScratchTests).Assembly.GetManifestResourceStream("regression.json")!;
        using JsonDocument example = JsonDocument.Parse(stream);
        Matrix<double> Read(string name) => Rows(example.RootElement.GetProperty(name).Deserialize<double[][]>()!);

        Network<double> network = Network.Input<double>(3)
            .Add(new Affine<double>(Read("W1"), Rows([0, 0, 0, 0, 0]))).Relu()
            .Add(new Affine<double>(Read("W2"), Rows([0]))).Relu()
            .MeanSquaredError()
            .Build();
        var optimizer = new Optimizer<double>(network, new Sgd(0.01 / 2));
        (Matrix<double> x, Matrix<double> y) = (Read("X"), Read("Y"));
        double[] costs = [.. Enumerable.Range(0, 1_000).Select(_ => network.Step(x, y, optimizer))];

        ShouldBe(
            Rows([costs[0], costs[100], costs[200], costs[500], costs[900], costs[999]]),
            [0.29617825471294423, 0.2689310444555507, 0.2100807764370141, 0.15451401913992957, 0.12607241606007996, 0.11822725964911875]);
        ShouldBe(network.Parameters[1].Value, [-0.12116229873826741, -0.25772121575533974, 0.1084265818051604, -0.21679338807090104, -0.07779986276504412]);
        ShouldBe(network.Parameters[3].Value, [0.2645579828072849]);
    }

    // XOR, 2-2-1 sigmoid with binary cross-entropy, from the tutorial's weights.
    [Fact]
    public void The_first_step_of_xor_is_as_by_hand()
    {
        Matrix<double> x = Rows([0, 0], [0, 1], [1, 0], [1, 1]), t = Rows([0], [1], [1], [0]);
        Network<double> network = Network.Input<double>(2)
            .Add(new Affine<double>(Rows([1, 1], [1, 1]), Rows([1, 2]))).Sigmoid()
            .Add(new Affine<double>(Rows([2], [1]), Rows([1]))).SigmoidWithLoss()
            .Build();

        ShouldBe(network.Predict(x), [0.9658720354918728], [0.9762043298866647], [0.9762043298866647], [0.9799084937742277]);
        network.Gradients(x, t).Should().BeApproximately(1.8333157516134713, Exact);
        ShouldBe(network.Parameters[0].Gradient, [0.020885299934195325, 0.0040582067374159], [0.020885299934195325, 0.0040582067374159]);
        ShouldBe(network.Parameters[1].Gradient, [0.11458708765402739, 0.029142046526289746]);
        ShouldBe(network.Parameters[2].Gradient, [0.3994065504548316], [0.44192166026565716]);
        ShouldBe(network.Parameters[3].Gradient, [0.4745472972598575]);
    }

    private static Matrix<double> Rows(params double[][] rows) => Matrix<double>.Build.DenseOfRowArrays(rows);

    private static void ShouldBe(Matrix<double> ours, params double[][] expected)
    {
        Matrix<double> golden = Rows(expected);
        double error = (ours - golden).Enumerate().Max(Math.Abs) / golden.Enumerate().Max(Math.Abs);
        error.Should().BeLessThanOrEqualTo(Exact, "{0} should be {1}", ours, golden);
    }
}
