using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Evaluation of a network on a data set, batch by batch, in inference mode: one pass gives the loss and all metrics.</summary>
public static class NetworkEvaluation
{
    private const int MostSamples = 1000;

    /// <summary>Computes loss and accuracy over a whole data set.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="network">The network, with a loss layer.</param>
    /// <param name="dataset">The data set; its sample weights count in the loss.</param>
    /// <returns>The loss and the accuracy.</returns>
    /// <exception cref="ArgumentException">The shapes do not match, or the weights of all samples, or of the classes of all targets, are 0.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss layer.</exception>
    public static Evaluation Evaluate<T>(this Network<T> network, IDataset<T> dataset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var accuracy = new Accuracy();
        double loss = network.Evaluate(dataset, [accuracy]);
        return new Evaluation(loss, accuracy.Value);
    }

    /// <summary>Computes the loss and metrics over a whole data set.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="network">The network, with a loss layer.</param>
    /// <param name="dataset">The data set; its sample weights count in the loss, not in the metrics.</param>
    /// <param name="metrics">The metrics: reset, then given every batch's predictions, those of <see cref="Network{T}.Predict(Matrix{T})"/>, and targets.</param>
    /// <returns>The loss, as <see cref="Network{T}.Loss"/> gives it for all samples.</returns>
    /// <exception cref="ArgumentException">The shapes do not match, a metric is not one for such targets, or the weights of all samples, or of the classes of all targets, are 0.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss layer.</exception>
    public static double Evaluate<T>(this Network<T> network, IDataset<T> dataset, IReadOnlyList<IMetric> metrics)
        where T : unmanaged, IFloatingPointIeee754<T> => network.Evaluate(network.BatchesToEvaluate(dataset), metrics);

    /// <summary>Computes the loss and metrics over batches that are kept for more evaluations of the same data set, whose memory they hold.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="network">The network, with a loss layer.</param>
    /// <param name="batches">The data set in batches; read in its own order.</param>
    /// <param name="metrics">The metrics: reset, then given every batch's predictions, those of <see cref="Network{T}.Predict(Matrix{T})"/>, and targets.</param>
    /// <returns>The loss, as <see cref="Network{T}.Loss"/> gives it for all samples.</returns>
    /// <exception cref="ArgumentException">The shapes do not match, a metric is not one for such targets, or the weights of all samples, or of the classes of all targets, are 0.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss layer, or another pass over the batches begins meanwhile.</exception>
    public static double Evaluate<T>(this Network<T> network, Batches<T> batches, IReadOnlyList<IMetric> metrics)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(metrics);
        for (int i = 0; i < metrics.Count; i++)
            Guard.Element(metrics[i], i, nameof(metrics)).Reset();

        Action<Matrix<T>, Matrix<T>> addToMetrics = (predictions, targets) =>
        {
            for (int i = 0; i < metrics.Count; i++)
                metrics[i].Add(predictions, targets);
        };

        // For the loading of batches too.
        using ThreadLimit.Scope limit = ThreadLimit.Enter(network.MaxThreads);
        double sum = 0, weight = 0;
        foreach (Batch<T> batch in batches.InOrder())
        {
            (double batchSum, double batchWeight) = network.WeightedLoss(batch.Features, batch.Targets, batch.SampleWeights, addToMetrics);
            (sum, weight) = (sum + batchSum, weight + batchWeight);
        }

        return sum / Guard.TotalWeight(network.Chain.Loss!, weight);
    }

    /// <summary>A data set in batches as large as they help, or as memory lets them be.</summary>
    internal static Batches<T> BatchesToEvaluate<T>(this Network<T> network, IDataset<T> dataset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        return new(dataset, Math.Min(MostSamples, network.Chain.SamplesWithin(Evaluator<T>.MostBytes)), seed: 0);
    }
}
