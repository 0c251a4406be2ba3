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
        Matrix<T> x = features.For(indices.Length, dataset.FeatureShape.Size);
        Matrix<T> t = targets.For(indices.Length, dataset.TargetShape.Size);
        dataset.CopyBatch(indices.Span, x, t);
        Memory<T> weights = default;
        if (dataset.HasSampleWeights)
        {
            if (sampleWeights.Length < indices.Length)
                sampleWeights = new T[indices.Length];
            weights = sampleWeights.AsMemory(0, indices.Length);
            dataset.CopyWeights(indices.Span, weights.Span);
        }

        Duration = Stopwatch.GetElapsedTime(start);
        return new Batch<T>(number, x, t, indices, weights);
    }
}
