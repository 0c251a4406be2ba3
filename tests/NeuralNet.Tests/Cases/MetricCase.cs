namespace NeuralNet.Tests;

/// <summary>A metric.</summary>
/// <param name="Name">The row's name, also in the golden values.</param>
/// <param name="Create">Creates it.</param>
/// <param name="MetricName">The name by which histories know it.</param>
internal sealed record MetricCase(string Name, Func<IMetric> Create, string MetricName)
{
    public override string ToString() => Name;
}
