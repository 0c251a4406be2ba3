namespace NeuralNet;

/// <summary>Evaluation of a network on a data set, batch by batch.</summary>
public static class NetworkEvaluation
{
    private const int BatchSize = 1000;

    /// <summary>Computes loss and accuracy over a whole data set, in inference mode.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="network">The network, with a loss layer.</param>
    /// <param name="dataset">The data set; its sample weights count in the loss.</param>
    /// <returns>The loss and the accuracy.</returns>
    /// <exception cref="InvalidOperationException">The network has no loss layer.</exception>
    public static Evaluation Evaluate<T>(this Network<T> network, IDataset<T> dataset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(dataset);
        double sum = 0, weight = 0, correct = 0;
        foreach (Batch<T> batch in new Batches<T>(dataset, BatchSize).InOrder())
        {
            if (batch.SampleWeights.IsEmpty || Kernels.Reduction.Sum(batch.SampleWeights) > 0)
            {
                (double batchSum, double batchWeight) = network.WeightedLoss(batch.Features, batch.Targets, batch.SampleWeights);
                (sum, weight) = (sum + batchSum, weight + batchWeight);
            }

            correct += batch.Count * network.Accuracy(batch.Features, batch.Targets);
        }

        return new Evaluation(sum / weight, correct / dataset.Count);
    }
}
