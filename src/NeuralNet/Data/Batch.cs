namespace NeuralNet;

/// <summary>Some samples of a data set as matrices.</summary>
/// <remarks>Its memory belongs to the <see cref="Batches{T}"/> that gave it and is overwritten by the next batch: copy what is to be kept.</remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public readonly struct Batch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ReadOnlyMemory<int> indices;
    private readonly ReadOnlyMemory<T> sampleWeights;

    internal Batch(int number, Matrix<T> features, Matrix<T> targets, ReadOnlyMemory<int> indices, ReadOnlyMemory<T> sampleWeights) =>
        (Number, Features, Targets, this.indices, this.sampleWeights) = (number, features, targets, indices, sampleWeights);

    /// <summary>Which batch of its epoch, from 0.</summary>
    public int Number { get; }

    /// <summary>The features, <c>[N, FeatureShape.Size]</c>; a dense matrix.</summary>
    public Matrix<T> Features { get; }

    /// <summary>The targets, <c>[N, TargetShape.Size]</c>; a dense matrix.</summary>
    public Matrix<T> Targets { get; }

    /// <summary>The number of samples N: the batch size, or fewer in an epoch's last batch.</summary>
    public int Count => indices.Length;

    /// <summary>Where the samples stand in the data set as the epoch sees it (<see cref="IDataset{T}.ForEpoch"/>), in the order of the rows.</summary>
    public ReadOnlySpan<int> Indices => indices.Span;

    /// <summary>A weight for each sample; empty where the data set has no weights.</summary>
    public ReadOnlySpan<T> SampleWeights => sampleWeights.Span;
}
