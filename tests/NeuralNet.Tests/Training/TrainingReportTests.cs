using NeuralNet.Tests.Plots;

namespace NeuralNet.Tests.Training;

public class TrainingReportTests
{
    // Validation losses 1.25, 0.75, 0.708, 0.75: epoch 3 is the best of 4.
    [Fact]
    public void The_curves_and_figures_of_a_run_with_validation()
    {
        var page = new HtmlPage(new TrainingReport("Run", Runs.Of(4, ["accuracy"])).ToHtml());

        page.Title.Should().Be("Run");
        page.Figures.Should().Equal(
            ("best epoch", "3 of 4"), ("steps", "400"), ("time", "6.0 s"), ("training loss, last", "0.25"),
            ("validation loss, best", "0.7083"), ("validation loss, last", "0.75"), ("accuracy, last", "87.50 %"));
        page.ChartTitles.Should().Equal("Loss", "Validation accuracy", "Learning rate", "Gradient norm");
        page.Chart(0).Of("series").Should().HaveCount(2);
        page.Chart(0).Texts("legend").Should().Equal("training", "validation", "best: 0.7083 at epoch 3");
        page.Chart(1).Texts("legend").Should().Equal("83.33 % at the best epoch");
        page.Of("tr").Should().HaveCount(5);
    }

    [Fact]
    public void Without_validation_the_best_epoch_has_the_least_training_loss()
    {
        var page = new HtmlPage(new TrainingReport("Run", Runs.Of(4, null)).ToHtml());

        page.Figures.Should().Equal(("best epoch", "4 of 4"), ("steps", "400"), ("time", "6.0 s"), ("training loss, last", "0.25"));
        page.ChartTitles.Should().Equal("Loss", "Learning rate", "Gradient norm");
        page.Chart(0).Of("series").Should().HaveCount(1);
        page.Chart(0).Texts("legend").Should().Equal("training", "best: 0.25 at epoch 4");
    }

    [Fact]
    public void No_epoch_and_one_epoch_are_reported_too()
    {
        var none = new HtmlPage(new TrainingReport("", Runs.Of(0, ["accuracy"])).ToHtml());
        none.Figures.Should().Equal(("epochs", "0"));
        none.Texts("p").Should().Equal("No epoch was run.");

        var one = new HtmlPage(new TrainingReport("", Runs.Of(1, ["accuracy"])).ToHtml());
        one.Figures[0].Should().Be(("best epoch", "1 of 1"));
        one.Chart(0).Of("point").Should().HaveCount(2);
    }

    [Fact]
    public void A_run_that_broke_is_reported_without_a_best_epoch()
    {
        var history = new History(["accuracy"]);
        history.Add(Runs.Epoch(1, ["accuracy"]) with { TrainingLoss = double.NaN, ValidationLoss = double.PositiveInfinity, GradientNorm = double.NaN, Metrics = [double.NaN] });
        var page = new HtmlPage(new TrainingReport("", history).ToHtml());

        page.Figures.Should().StartWith(("epochs", "1")).And.Contain(("accuracy, last", "NaN")).And.Contain(("validation loss, last", "Infinity"));
        page.Chart(0).Texts("remark").Should().Equal("no data");
    }

    // Losses from 1 to 1/1000 are drawn by their logarithms. The rows of the table are most of the page.
    [Fact]
    public void A_thousand_epochs_fit_into_half_a_megabyte()
    {
        string html = new TrainingReport("", Runs.Of(1000, null)).ToHtml();

        new HtmlPage(html).Chart(0).Texts("label-y").Should().Equal("loss (log)");
        html.Length.Should().BeInRange(100_000, 500_000);
    }

    [Fact]
    public void All_that_is_added_is_shown()
    {
        Network<double> network = Small();
        Matrix<double> samples = Matrix<double>.Build.Dense(5, 4, (row, column) => row - column);
        var confusion = new ConfusionMatrix(2, [0, 0, 1, 1], [0, 1, 1, -1]);
        var page = new HtmlPage(new TrainingReport("Run", Runs.Of(2, ["accuracy"]))
            .AddSettings([("rule", "Adam(0.001)"), ("<seed>", "42")]).AddDiagnosis(["Layer 1 is dead."])
            .AddNetwork(network).AddActivations(network, samples).AddConfusion(confusion, ["<script>", "dog"])
            .AddImages("Filters", new ImageGrid(1, 1).Add([0.5])).ToHtml());

        page.Headings.Should().Equal("Diagnosis", "Settings", "Curves", "Network", "Weights", "Activations", "Confusion matrix", "Filters");
        page.Section("Settings").Descendants("td").Select(cell => cell.Value).Should().Equal("rule", "Adam(0.001)", "<seed>", "42");
        page.Section("Diagnosis").Element("p")!.Value.Should().Be("Layer 1 is dead.");
        page.Figures.Should().Contain(("parameters", "24"));
        page.Texts("pre").Single().Trim().Should().Be(network.ToString().ReplaceLineEndings("\n"));
        page.Chart(4).Texts("name").Should().Equal("0.weight [3, 4]", "3.weight [2, 3]");
        page.Chart(5).Texts("name").Should().Equal("0.bias [3]", "2.weight [1]", "3.bias [2]");
        page.Chart(6).Texts("name").Should().Equal("0 Affine(4 -> 3)", "1 Relu", "2 PRelu(0.25)", "3 Affine(3 -> 2)", "4 SoftmaxWithLoss");
        page.Chart(6).Texts("notes")[0].Should().Be("15 values");
        page.Chart(7).Texts("row").Should().Equal("<script>", "dog");
        page.Chart(7).Texts("column").Should().Equal("<script>", "dog", "none");
        page.Section("Confusion matrix").Element("p")!.Value.Should().StartWith("2 of 4 samples are right, 50.00 %.");
        page.Of("img").Should().ContainSingle();
    }

    [Fact]
    public void No_findings_and_no_samples_are_said()
    {
        var page = new HtmlPage(new TrainingReport("", Runs.Of(1, null)).AddDiagnosis([]).AddConfusion(new ConfusionMatrix(2)).ToHtml());

        page.Section("Diagnosis").Element("p")!.Value.Should().Be("Nothing to complain of.");
        page.Section("Confusion matrix").Element("p")!.Value.Should().Be("There are no samples.");
    }

    [Fact]
    public void What_was_added_does_not_change_with_the_network()
    {
        Network<double> network = Small();
        TrainingReport report = new TrainingReport("", Runs.Of(1, null)).AddNetwork(network);
        string before = report.ToHtml();
        network.Parameters[0].Value.Clear();

        report.ToHtml().Should().Be(before);
    }

    // A Relu before a MaxPooling is passed after it by the network itself; a report shows what stands where it stands, and the last output is that of Predict.
    [Fact]
    public void Activations_are_those_of_the_layers_in_their_order()
    {
        Network<float> network = Network.Input<float>(new Shape(1, 4, 4)).Convolution(2, 3).Relu().MaxPooling(2).Flatten().Dropout(0.5).Affine(3).SoftmaxWithLoss().Build(seed: 7);
        Matrix<float> samples = Matrix<float>.Build.Dense(6, 16, (row, column) => MathF.Sin((16 * row) + column));
        Looker seen = network.Observe(samples, layers => new Looker(layers));

        seen.Shapes.Should().Equal((0, 8), (1, 8), (2, 2), (5, 3), (6, 3));
        seen.Last.Should().Be(network.Predict(samples));

        string section = new HtmlPage(new TrainingReport("", Runs.Of(1, null)).AddActivations(network, samples).ToHtml()).Section("Activations").ToString();
        foreach ((int index, _) in seen.Shapes)
            section.Should().Contain($"{index} {network.Layers[index].Describe()}".Replace(">", "&gt;"));
        section.Should().NotContain("3 Flatten").And.NotContain("4 Dropout");
    }

    [Fact]
    public void The_culture_has_no_say()
    {
        Network<double> network = Small();
        string Report() => new TrainingReport("", Runs.Of(3, ["f1"])).AddNetwork(network).AddConfusion(new ConfusionMatrix(2, [0, 1], [1, 1])).ToHtml();

        OtherCulture.Run(Report).Should().Be(Report());
    }

    [Fact]
    public void Wrong_arguments_are_refused_in_words()
    {
        TrainingReport report = new("", Runs.Of(0, null));
        FluentActions.Invoking(() => report.AddConfusion(new ConfusionMatrix(3), ["a"])).Should().Throw<ArgumentException>()
            .WithMessage("A confusion matrix of 3 classes expects as many class names, got 1.*");
        FluentActions.Invoking(() => report.AddActivations(Small(), Matrix<double>.Build.Dense(1, 5))).Should().Throw<ArgumentException>()
            .WithMessage("The network expects input of shape [N, 4], got [1, 5].*");
        FluentActions.Invoking(() => report.AddImages("none", new ImageGrid(1, 1))).Should().Throw<InvalidOperationException>();
    }

    private static Network<double> Small() => Network.Input<double>(4).Affine(3).Relu().PRelu().Affine(2).SoftmaxWithLoss().Build(seed: 1);

    private sealed class Looker(LayerList<float> layers) : IPassObserver<float>
    {
        public List<(int Index, int Width)> Shapes { get; } = [];

        public Matrix<float>? Last { get; private set; }

        public void SawForward(ILayer<float> layer, Matrix<float> input, Matrix<float> output)
        {
            if (ReferenceEquals(input, output))
                return;
            Shapes.Add((Array.IndexOf(layers.All, layer), output.ColumnCount));
            Last = output.Clone();
        }
    }
}
