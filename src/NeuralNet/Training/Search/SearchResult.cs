using System.Globalization;
using System.Text;

namespace NeuralNet;

/// <summary>What came of a <see cref="HyperparameterSearch"/>.</summary>
public sealed class SearchResult
{
    internal const string ShortFormat = "G6";

    private readonly IReadOnlyList<SearchRange> space;

    internal SearchResult(IReadOnlyList<SearchRange> space, IReadOnlyList<TrialResult> trials, bool higherIsBetter)
    {
        (this.space, Trials, HigherIsBetter) = (space, trials, higherIsBetter);
        Ranking = [.. trials.OrderBy(trial => trial.HasFailed).ThenBy(trial => higherIsBetter ? -trial.Score : trial.Score).ThenBy(trial => trial.Trial.Number)];
    }

    /// <summary>The trials in the order of their numbers; without those that cancellation left out.</summary>
    public IReadOnlyList<TrialResult> Trials { get; }

    /// <summary>The trials from best to worst, those of equal score by number, those that failed last.</summary>
    public IReadOnlyList<TrialResult> Ranking { get; }

    /// <summary>Whether a higher score is a better one.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>The trial with the best score, the first of equals.</summary>
    /// <exception cref="InvalidOperationException">No trial has a score.</exception>
    public TrialResult Best => Ranking.Count > 0 && !Ranking[0].HasFailed ? Ranking[0] : throw new InvalidOperationException(
        Ranking.Count == 0 ? "The search ended before its first trial did." : FormattableString.Invariant($"All {Ranking.Count} trials failed, {Ranking[0].Trial} with: {Ranking[0].Error}"));

    /// <summary>The trials as lines of comma-separated values, in the order of their numbers; every number with all its digits.</summary>
    /// <returns>A head <c>trial,seed,</c>(the hyperparameters)<c>,score,error</c> and a line for each trial, each ended by a line feed.</returns>
    public string ToCsv()
    {
        var csv = new StringBuilder();
        Append(["trial", "seed", .. space.Select(range => range.Name), "score", "error"]);
        foreach (TrialResult result in Trials)
        {
            Append([
                Guard.Number(result.Trial.Number), Guard.Number(result.Trial.Seed), .. space.Select((_, i) => result.Trial.TextAt(i, null)),
                result.HasFailed ? "" : Guard.Number(result.Score), result.Error ?? ""]);
        }

        return csv.ToString();

        void Append(IEnumerable<string> cells) => csv.AppendJoin(',', cells.Select(History.Quoted)).Append('\n');
    }

    /// <summary>The trials as a table for a terminal, from best to worst; why a trial failed stands in place of its score.</summary>
    /// <returns>Lines of text.</returns>
    public override string ToString()
    {
        string[] head = ["trial", .. space.Select(range => range.Name), "score"];
        string[][] rows = [.. Ranking.Select(result => (string[])
            [Guard.Number(result.Trial.Number), .. space.Select((_, i) => result.Trial.TextAt(i, ShortFormat)), result.HasFailed ? "-" : result.Score.ToString(ShortFormat, CultureInfo.InvariantCulture)])];
        int[] widths = [.. head.Select((name, column) => rows.Select(row => row[column].Length).Append(name.Length).Max())];

        string[] lines = [Line(head), .. rows.Select((row, i) => Ranking[i].Error is { } error ? $"{Line(row)}  {FirstLine(error)}" : Line(row))];
        return string.Join(Environment.NewLine, lines);

        string Line(string[] cells) => string.Join("  ", cells.Select((cell, column) => cell.PadLeft(widths[column])));
    }

    private static string FirstLine(string text) => text.Split('\n', '\r')[0];
}
