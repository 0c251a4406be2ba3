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
    public void Every_kind_but_those_of_a_run_has_a_row() =>
        FaultCase.All.Select(row => row.Kind).Distinct().Should().BeEquivalentTo(Enum.GetValues<FindingKind>().Except([FindingKind.Overfitting]));
}
