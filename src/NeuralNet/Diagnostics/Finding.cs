using System.Text;

namespace NeuralNet;

/// <summary>One reason why a network may not learn.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Where">The place: <c>layer 1 Relu</c>, <c>0.weight</c>, <c>input</c>, <c>target</c>, <c>optimizer</c>.</param>
/// <param name="Figure">What was measured there.</param>
/// <param name="Why">Why it matters.</param>
/// <param name="Remedy">What to try.</param>
public sealed record Finding(FindingKind Kind, FindingSeverity Severity, string Where, string Figure, string Why, string Remedy)
{
    private const int LineWidth = 110;

    /// <summary>When it was found first: <c>epoch 1, batch 3, step 102</c>; null outside of a training run.</summary>
    public string? When { get; init; }

    /// <summary>What it is and where, why it matters, and what to try.</summary>
    /// <returns>Several lines.</returns>
    public override string ToString() => string.Join(
        Environment.NewLine,
        Lines($"{Severity}: ", $"{Kind} at {Where}{(When is null ? string.Empty : $" ({When})")}. {Figure}"),
        Lines("  Why: ", Why),
        Lines("  Try: ", Remedy));

    // Words in lines that a console can hold, each behind the head's indent.
    private static string Lines(string head, string words)
    {
        var text = new StringBuilder(head);
        int column = head.Length;
        foreach (string word in words.Split(' '))
        {
            if (column > head.Length && column + 1 + word.Length > LineWidth)
            {
                text.AppendLine().Append(' ', head.Length);
                column = head.Length;
            }

            text.Append(column > head.Length ? " " : string.Empty).Append(word);
            column += word.Length + (column > head.Length ? 1 : 0);
        }

        return text.ToString();
    }
}
