using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NeuralNet.Samples.Tabular;

/// <summary>What a person and a program read of a run.</summary>
internal static class Report
{
    public static void PrintHeader(Problem problem, TabularData<float> data, Settings settings)
    {
        string targets = data.ClassNames.Count > 0 ? $"classes {string.Join(", ", data.ClassNames)}" : $"target {string.Join(", ", data.TargetNames)}";
        Console.WriteLine($"{problem.Name}: {data.Dataset.Count} samples of {data.FeatureNames.Count} features ({string.Join(", ", data.FeatureNames)}), {targets}.");
        Console.WriteLine($"{settings.Folds} folds{(data.ClassNames.Count > 0 ? " with the same share of each class" : string.Empty)}, seed {settings.Seed}; {problem.Score} of all held-out predictions together, and the least and the greatest of a fold.");
        Console.WriteLine();
        Console.WriteLine($"{"model",-30}{problem.Score,10}{"least",10}{"greatest",10}");
        Console.WriteLine(new string('-', 60));
    }

    public static void Print(Outcome outcome) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outcome.Model,-30}{outcome.Score,10:0.000}{outcome.FoldScores.Min(),10:0.000}{outcome.FoldScores.Max(),10:0.000}"));

    public static string Json(Settings settings, IEnumerable<(Problem Problem, IReadOnlyList<Outcome> Outcomes)> results)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("seed", settings.Seed);
            json.WriteNumber("folds", settings.Folds);
            foreach ((Problem problem, IReadOnlyList<Outcome> outcomes) in results)
            {
                json.WriteStartObject(problem.Name);
                foreach (Outcome outcome in outcomes)
                    json.WriteNumber(outcome.Model, outcome.Score);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
