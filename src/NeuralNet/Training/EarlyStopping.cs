namespace NeuralNet;

/// <summary>When training ends before its last epoch: when a metric over the validation samples has not improved for some epochs. The weights are then those of the best epoch.</summary>
/// <seealso href="https://doi.org/10.1007/978-3-642-35289-8_5">Prechelt (2012), Early Stopping - But When?</seealso>
public sealed record EarlyStopping
{
    /// <summary>The name of the validation loss, which is there whatever the metrics.</summary>
    public const string Loss = "loss";

    /// <summary>Creates the condition.</summary>
    /// <param name="patience">After how many epochs in a row without improvement training ends, at least 1.</param>
    /// <param name="metric">What is watched: <c>loss</c>, the default, or the name of one of the trainer's metrics.</param>
    /// <param name="minimumImprovement">By how much the best value must be bettered to count, at least 0; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public EarlyStopping(int patience, string metric = Loss, double minimumImprovement = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(metric);
        (Patience, Metric, MinimumImprovement) = (patience, metric, minimumImprovement);
    }

    /// <summary>After how many epochs in a row without improvement training ends.</summary>
    public int Patience { get; init => field = Guard.AtLeast(1, value, "patience"); }

    /// <summary>What is watched.</summary>
    public string Metric { get; init; }

    /// <summary>By how much the best value must be bettered to count.</summary>
    public double MinimumImprovement { get; init => field = Guard.NotNegative(value, "minimumImprovement"); }
}
