namespace NeuralNet;

/// <summary>Samples with their targets, from which batches are copied.</summary>
/// <remarks>
/// An implementation keeps samples contiguous, one after another, because a batch gathered from the rows of a column-major matrix is many times slower.
/// Samples do not change while the set is in use. Several threads may copy from it at once, because <see cref="Batches{T}"/> may read ahead
/// while another pass measures the network; what <see cref="ForEpoch"/> gives belongs to the pass that asked for it.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public interface IDataset<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The number of samples, at least 1.</summary>
    int Count { get; }

    /// <summary>The shape of one sample's features.</summary>
    Shape FeatureShape { get; }

    /// <summary>The shape of one sample's target.</summary>
    Shape TargetShape { get; }

    /// <summary>The class of every sample, where the set has classes; else empty.</summary>
    ReadOnlySpan<int> Labels => [];

    /// <summary>Whether samples have weights of their own in the loss.</summary>
    bool HasSampleWeights => false;

    /// <summary>The samples as an epoch sees them: the set itself, unless it is another one in each epoch, as with augmentation or random sampling.</summary>
    /// <param name="epoch">The number of the epoch, from 0.</param>
    /// <returns>A set of the same count and shapes, a pure function of the number; used instead of this one until the epoch ends.</returns>
    IDataset<T> ForEpoch(int epoch) => this;

    /// <summary>Copies some samples into the rows of two matrices, which are overwritten whole.</summary>
    /// <param name="indices">Which samples, each from 0 to <see cref="Count"/> - 1, in the order wanted; repeats are allowed.</param>
    /// <param name="features">Receives the features; a dense matrix, <c>[indices, FeatureShape.Size]</c>.</param>
    /// <param name="targets">Receives the targets; a dense matrix, <c>[indices, TargetShape.Size]</c>.</param>
    /// <exception cref="ArgumentException">A matrix has another shape or is not dense.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    void CopyBatch(ReadOnlySpan<int> indices, Matrix<T> features, Matrix<T> targets);

    /// <summary>Copies the weights of some samples; 1 each in a set without weights.</summary>
    /// <param name="indices">Which samples, each from 0 to <see cref="Count"/> - 1.</param>
    /// <param name="weights">Receives a weight for each index.</param>
    /// <exception cref="ArgumentException">There is not one place for each index.</exception>
    /// <exception cref="NotSupportedException">The set says that it has weights but does not implement this method.</exception>
    void CopyWeights(ReadOnlySpan<int> indices, Span<T> weights)
    {
        if (HasSampleWeights)
            throw new NotSupportedException($"{GetType().Name} has sample weights and must implement CopyWeights.");
        Guard.OnePerSample(this, indices.Length, weights.Length, nameof(weights));
        weights.Fill(T.One);
    }
}
