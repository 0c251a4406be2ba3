using System.Text;

namespace NeuralNet;

/// <summary>What matched between a file's tensors and a network's parameters and states, what did not, and which shapes differ.</summary>
public sealed class WeightsReport
{
    internal WeightsReport(string source, IReadOnlyList<WeightMatch> matches) => (Source, Matches) = (source, matches);

    /// <summary>The file.</summary>
    public string Source { get; }

    /// <summary>The network's parameters and states in its order, then what the file holds besides.</summary>
    public IReadOnlyList<WeightMatch> Matches { get; }

    /// <summary>Whether the network got all its numbers and the file's were all used or ignored on purpose.</summary>
    public bool IsComplete => Matches.All(match => match.Status is WeightStatus.Loaded or WeightStatus.Ignored);

    /// <summary>How many have a status.</summary>
    /// <param name="status">The status.</param>
    /// <returns>The number of lines.</returns>
    public int Count(WeightStatus status) => Matches.Count(match => match.Status == status);

    /// <summary>A line for each, in columns, below how many there are of a kind.</summary>
    /// <returns>Several lines.</returns>
    public override string ToString() => Text($"{Source}: ", Matches);

    /// <exception cref="InvalidDataException">Something is missing, left over or of another shape; the message is the report without what is right.</exception>
    internal void RequireComplete(string what)
    {
        if (IsComplete)
            return;
        const int MostLines = 30;
        WeightMatch[] wrong = [.. Matches.Where(match => match.Status is not (WeightStatus.Loaded or WeightStatus.Ignored))];
        string more = wrong.Length > MostLines ? $"{Environment.NewLine}  and {wrong.Length - MostLines} more" : string.Empty;
        throw new InvalidDataException(Text($"{Source}: the tensors do not fit {what}, and nothing was loaded: ", [.. wrong.Take(MostLines)]) + more);
    }

    private string Text(string beginning, IReadOnlyList<WeightMatch> lines)
    {
        string[] counts = [.. Enum.GetValues<WeightStatus>().Where(status => Count(status) > 0).Select(status => $"{Count(status)} {Word(status)}")];
        var text = new StringBuilder(beginning).Append(counts.Length == 0 ? "no tensors" : string.Join(", ", counts));
        int width = lines.Max(match => match.Network?.Length) ?? 0;
        foreach (WeightMatch match in lines)
            text.AppendLine().Append($"  {Word(match.Status),-10}  {(match.Network ?? string.Empty).PadRight(width)}  {match.File}{(match.Hint is null ? string.Empty : $" ({match.Hint})")}".TrimEnd());
        return text.ToString();
    }

    private static string Word(WeightStatus status) => status.ToString().ToLowerInvariant();
}
