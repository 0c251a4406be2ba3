using System.Globalization;

namespace NeuralNet;

/// <summary>What was found that may keep a network from learning; nothing, for a healthy one.</summary>
/// <param name="Findings">The findings: those of a run in the order of time, else causes before their consequences.</param>
public sealed record Diagnosis(IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether nothing was found.</summary>
    public bool IsHealthy => Findings.Count == 0;

    /// <summary>All findings as text.</summary>
    /// <returns>Several lines, or one where nothing was found.</returns>
    public override string ToString() => IsHealthy
        ? "Nothing was found that would keep the network from learning."
        : string.Create(CultureInfo.InvariantCulture, $"{Findings.Count} {(Findings.Count == 1 ? "finding" : "findings")}:{Environment.NewLine}")
            + string.Join(Environment.NewLine, Findings);
}
