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

    [Fact]
    public void Every_kind_but_those_of_a_run_has_a_row() =>
        FaultCase.All.Select(row => row.Kind).Distinct().Should().BeEquivalentTo(Enum.GetValues<FindingKind>().Except([FindingKind.Overfitting]));
}
