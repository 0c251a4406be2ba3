using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NeuralNet;

/// <summary>A training run, epoch by epoch.</summary>
public sealed class History
{
    private const string LastColumn = "seconds";

    private static readonly string[] FirstColumns = ["epoch", "step", "learningRate", "gradientNorm", "trainingLoss", "validationLoss"];

    private readonly List<EpochRecord> epochs = [];

    /// <summary>Creates a history without epochs.</summary>
    /// <param name="metricNames">The names of the metrics that each epoch has, in order, each once; not <c>loss</c> and not a column of <see cref="ToCsv"/>.</param>
    /// <exception cref="ArgumentException">A name stands twice, or is taken.</exception>
    public History(IEnumerable<string> metricNames)
    {
        ArgumentNullException.ThrowIfNull(metricNames);
        MetricNames = [.. metricNames];
        if (MetricNames.GroupBy(name => name).FirstOrDefault(names => names.Count() > 1) is { } twice)
            throw new ArgumentException($"Metrics must have different names; there are {twice.Count()} called '{twice.Key}'.", nameof(metricNames));
        if (MetricNames.FirstOrDefault(name => name is EarlyStopping.Loss or LastColumn || FirstColumns.Contains(name)) is { } taken)
            throw new ArgumentException($"A metric must not be called '{taken}': the history itself has a column of that name.", nameof(metricNames));
    }

    /// <summary>The names of the metrics over the validation samples.</summary>
    public IReadOnlyList<string> MetricNames { get; }

    /// <summary>The epochs in order.</summary>
    public IReadOnlyList<EpochRecord> Epochs => epochs;

    /// <summary>A metric over the validation samples, epoch by epoch.</summary>
    /// <param name="name">Its name, one of <see cref="MetricNames"/>.</param>
    /// <returns>A value for each epoch.</returns>
    /// <exception cref="ArgumentException">There is no metric of that name.</exception>
    public double[] Metric(string name)
    {
        int index = IndexOf(name);
        return [.. epochs.Select(epoch => epoch.Metrics[index])];
    }

    /// <summary>Adds an epoch behind the others.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <exception cref="ArgumentException">It does not have one value for each of <see cref="MetricNames"/>.</exception>
    public void Add(EpochRecord epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        if (epoch.Metrics.Count != MetricNames.Count)
            throw new ArgumentException($"An epoch of this history has {MetricNames.Count} metrics, got {epoch.Metrics.Count}.", nameof(epoch));
        epochs.Add(epoch);
    }

    /// <summary>The history as a table for spreadsheets and data frames.</summary>
    /// <returns>
    /// Lines of comma-separated values: first the names of the columns, <c>epoch,step,learningRate,gradientNorm,trainingLoss,validationLoss</c>, each of
    /// <see cref="MetricNames"/>, <c>seconds</c>, then an epoch a line. Numbers are written invariantly and so that reading them gives the same bits; <c>NaN</c> where there is none.
    /// </returns>
    public string ToCsv()
    {
        var csv = new StringBuilder();
        csv.AppendJoin(',', [.. FirstColumns, .. MetricNames.Select(Quoted), LastColumn]).Append('\n');
        foreach (EpochRecord epoch in epochs)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{epoch.Epoch},{epoch.Step},")
                .AppendJoin(',', Numbers(epoch).Select(number => number.ToString(CultureInfo.InvariantCulture))).Append('\n');
        }

        return csv.ToString();
    }

    /// <summary>The history for programs.</summary>
    /// <returns>A JSON array with an object for each epoch, whose names are the columns of <see cref="ToCsv"/>; a number that is not finite is <c>null</c>.</returns>
    public string ToJson()
    {
        string[] names = [.. FirstColumns.Skip(2), .. MetricNames, LastColumn];
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (EpochRecord epoch in epochs)
            {
                json.WriteStartObject();
                json.WriteNumber(FirstColumns[0], epoch.Epoch);
                json.WriteNumber(FirstColumns[1], epoch.Step);
                foreach ((string name, double number) in names.Zip(Numbers(epoch)))
                {
                    if (double.IsFinite(number))
                        json.WriteNumber(name, number);
                    else
                        json.WriteNull(name);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>The place of a metric in <see cref="MetricNames"/>.</summary>
    internal int IndexOf(string name)
    {
        for (int i = 0; i < MetricNames.Count; i++)
        {
            if (MetricNames[i] == name)
                return i;
        }

        throw new ArgumentException($"There is no metric '{name}'; there {(MetricNames.Count == 0 ? "are none" : "is " + string.Join(", ", MetricNames))}.", nameof(name));
    }

    /// <summary>A name as it may stand between commas.</summary>
    internal static string Quoted(string name) =>
        name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>What stands in all columns but the first two, which are whole numbers.</summary>
    private static IEnumerable<double> Numbers(EpochRecord epoch) =>
        [epoch.LearningRate, epoch.GradientNorm, epoch.TrainingLoss, epoch.ValidationLoss, .. epoch.Metrics, epoch.Seconds];
}
