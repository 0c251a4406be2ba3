namespace NeuralNet;

/// <summary>What came of a trial.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Score">Its score; NaN if it failed.</param>
/// <param name="Error">Why it failed, in the words of what was thrown; <see langword="null"/> if it did not.</param>
public sealed record TrialResult(Trial Trial, double Score, string? Error = null)
{
    /// <summary>Whether there is no score.</summary>
    public bool HasFailed => Error is not null;
}
