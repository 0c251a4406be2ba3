using System.Diagnostics;

namespace NeuralNet;

/// <summary>The matrices of one batch, kept from batch to batch.</summary>
internal sealed class BatchMemory<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchBuffer<T> features = new();
    private readonly BatchBuffer<T> targets = new();
    private T[] sampleWeights = [];

    /// <summary>How long the last <see cref="Read"/> took.</summary>
    public TimeSpan Duration { get; private set; }

    public Batch<T> Read(IDataset<T> dataset, int number, ReadOnlyMemory<int> indices)
    {
        long start = Stopwatch.GetTimestamp();
        Batch<T> batch = Prepare(dataset, number, indices);
        dataset.CopyBatch(indices.Span, batch.Features, batch.Targets);
        Duration = Stopwatch.GetElapsedTime(start);
        return batch;
    }

    /// <summary>A batch with its sample weights, whose features and targets are still to be copied.</summary>
    public Batch<T> Prepare(IDataset<T> dataset, int number, ReadOnlyMemory<int> indices)
    {
        Matrix<T> x = features.For(indices.Length, dataset.FeatureShape.Size);
        Matrix<T> t = targets.For(indices.Length, dataset.TargetShape.Size);
        Memory<T> weights = default;
        if (dataset.HasSampleWeights)
        {
            if (sampleWeights.Length < indices.Length)
                sampleWeights = new T[indices.Length];
            weights = sampleWeights.AsMemory(0, indices.Length);
            dataset.CopyWeights(indices.Span, weights.Span);
        }

        return new Batch<T>(number, x, t, indices, weights);
    }
}
