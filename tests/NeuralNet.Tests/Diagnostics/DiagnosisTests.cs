namespace NeuralNet.Tests;

public class DiagnosisTests
{
    [Theory, MemberData(nameof(FaultCase.Names), MemberType = typeof(FaultCase))]
    public void A_planted_fault_is_named(string name)
    {
        FaultCase row = FaultCase.All.Single(row => row.Name == name);
        Diagnosis diagnosis = row.Plant();

        diagnosis.Findings.Should().Contain(finding => finding.Kind == row.Kind && finding.Where == row.Where && finding.Figure.Contains(row.Says), "{0}", diagnosis);
        if (row.IsAlone)
            diagnosis.Findings.Should().ContainSingle("{0}", diagnosis);
    }

    [Fact]
    public void Copies_that_stay_copies_are_worse_than_copies_that_are_told_apart()
    {
        Severity("all weights alike, and all behind them").Should().Be(FindingSeverity.Error);
        Severity("all weights alike").Should().Be(FindingSeverity.Warning);

        static FindingSeverity Severity(string name) => FaultCase.All.Single(row => row.Name == name).Plant().Findings.First(finding => finding.Kind == FindingKind.Symmetry).Severity;
    }

    [Fact]
    public void A_finding_says_what_why_and_what_to_try_in_lines_that_a_console_holds()
    {
        string text = FaultCase.All.Single(row => row.Name == "inputs as bytes").Plant().ToString().ReplaceLineEndings("\n");

        text.Should().MatchRegex(@"^\d findings?:\nWarning: InputScale at input\. .+\n(  .+\n)*  Why: .+\n(  .+\n)*  Try: ");
        text.Split('\n').Should().OnlyContain(line => line.Length <= 110);
    }

    // Scores that are x + relu(f(x)), or of which a Relu gives one branch, may be of any size and sign.
    [Fact]
    public void What_a_composite_ends_in_is_not_what_the_loss_is_given()
    {
        Matrix<double> x = Make.Uniform(60, 6, seed: 1);
        int[] labels = [.. Enumerable.Range(0, 60).Select(row => x[row, 0] > 0 ? 1 : 0)];

        foreach (NetworkBuilder<double> layers in new[] { Before().Residual(block => block.Affine(2).Relu()), Before().Concat(one => one.Affine(1), other => other.Affine(1).Relu()) })
        {
            Diagnosis diagnosis = layers.SoftmaxWithLoss().Build(seed: 1).Diagnose(x, labels);
            diagnosis.Findings.Should().NotContain(finding => finding.Kind == FindingKind.LossMismatch, "{0}", diagnosis);
        }

        static NetworkBuilder<double> Before() => Network.Input<double>(6).Affine(2);
    }

    // By the last of its probes the first layer gives 1 more, so that no number is below 0, where the slope counts.
    [Fact]
    public void A_layer_is_probed_with_what_the_one_before_it_gives_and_not_with_what_it_was_probed_with()
    {
        Network<double> network = Network.Input<double>(1).Affine(1).PRelu().MeanSquaredError().Build(seed: 1);
        network.Parameters[0].Value[0, 0] = 1;
        Matrix<double> x = Matrix<double>.Build.Dense(20, 1, (row, _) => (row - 9.5) / 20), t = Matrix<double>.Build.Dense(20, 1, -1);

        Diagnosis diagnosis = network.Diagnose(x, t);
        diagnosis.Findings.Should().NotContain(finding => finding.Kind == FindingKind.WithoutEffect, "{0}", diagnosis);
    }

    [Theory]
    [InlineData(1e-3, 1e-5, false)]
    [InlineData(1e-3, 1, true)]
    [InlineData(0, 1e-5, true)]
    public void A_slope_may_stand_still_where_weights_move_and_its_gradient_is_too_small_to_move_it(double change, double gradient, bool isFault)
    {
        Network<float> network = Network.Input<float>(4).Affine(3).PRelu().MeanSquaredError().Build(seed: 1);
        ParameterChange<float> weight = new(network.Parameters[0], ValueNorm: 1, change, GradientNorm: 1e-5, LearningRate: 1e-4);
        ParameterChange<float> slope = new(network.Parameters.Single(parameter => parameter.Name == "1.weight"), ValueNorm: 0.25, ChangeNorm: 0, gradient, LearningRate: 1e-4);

        new UnchangedCheck<float>().Examine(new Evidence<float>(network) { Changes = [weight, slope] }).Any().Should().Be(isFault);
    }

    [Fact]
    public void Every_kind_but_those_of_a_run_has_a_row() =>
        FaultCase.All.Select(row => row.Kind).Distinct().Should().BeEquivalentTo(Enum.GetValues<FindingKind>().Except([FindingKind.Overfitting]));
}
