namespace NeuralNet.Tests.Training;

/// <summary>Histories of runs that never were.</summary>
internal static class Runs
{
    /// <param name="epochs">The number of epochs.</param>
    /// <param name="metrics">The metrics; null for a run without validation.</param>
    public static History Of(int epochs, string[]? metrics)
    {
        var history = new History(metrics ?? []);
        for (int epoch = 1; epoch <= epochs; epoch++)
            history.Add(Epoch(epoch, metrics));
        return history;
    }

    public static EpochRecord Epoch(int epoch, string[]? metrics) => new()
    {
        Epoch = epoch,
        Step = 100 * epoch,
        LearningRate = 0.01 / epoch,
        GradientNorm = 0.5 / epoch,
        TrainingLoss = 1.0 / epoch,
        ValidationLoss = metrics is null ? double.NaN : (1.0 / epoch) + (epoch / 8.0) + (epoch == 1 ? 0.125 : 0),
        Metrics = [.. (metrics ?? []).Select(_ => 1 - (0.5 / epoch))],
        Seconds = 1.5 * epoch,
    };
}
