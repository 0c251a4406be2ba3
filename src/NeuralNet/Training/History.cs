namespace NeuralNet;

/// <summary>A training run, epoch by epoch.</summary>
public sealed class History
{
    private readonly List<EpochRecord> epochs = [];

    /// <summary>Creates a history without epochs.</summary>
    /// <param name="metricNames">The names of the metrics that each epoch has, in order, each once.</param>
    /// <exception cref="ArgumentException">A name stands twice.</exception>
    public History(IEnumerable<string> metricNames)
    {
        ArgumentNullException.ThrowIfNull(metricNames);
        MetricNames = [.. metricNames];
        if (MetricNames.GroupBy(name => name).FirstOrDefault(names => names.Count() > 1) is { } twice)
            throw new ArgumentException($"Metrics must have different names; there are {twice.Count()} called '{twice.Key}'.", nameof(metricNames));
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
}
