using System.Buffers;

namespace NeuralNet;

/// <summary>Some samples of another data set, in an order of their own; the samples are not copied.</summary>
/// <remarks>The other set's weights and labels come with the samples.</remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Subset<T> : IColumnwiseDataset<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly IDataset<T> dataset;
    private readonly int[] indices;
    private readonly int[] labels;

    /// <summary>Chooses samples.</summary>
    /// <param name="dataset">The data set to choose from.</param>
    /// <param name="indices">Which samples, each from 0 to the set's count - 1, at least one; copied. An index that stands twice is a sample that counts twice.</param>
    /// <exception cref="ArgumentException">There are no indices.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    public Subset(IDataset<T> dataset, ReadOnlySpan<int> indices)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (indices.IsEmpty)
            throw new ArgumentException($"A subset of {dataset} needs at least one index.", nameof(indices));
        Guard.Indices(dataset, dataset.Count, indices);
        (this.dataset, this.indices) = (dataset, indices.ToArray());

        ReadOnlySpan<int> all = dataset.Labels;
        labels = new int[all.IsEmpty ? 0 : indices.Length];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = all[indices[i]];
    }

    /// <inheritdoc/>
    public int Count => indices.Length;

    /// <inheritdoc/>
    public Shape FeatureShape => dataset.FeatureShape;

    /// <inheritdoc/>
    public Shape TargetShape => dataset.TargetShape;

    /// <inheritdoc/>
    public ReadOnlySpan<int> Labels => labels;

    /// <inheritdoc/>
    public bool HasSampleWeights => dataset.HasSampleWeights;

    /// <summary>Where the samples stand in the other data set.</summary>
    public ReadOnlySpan<int> Indices => indices;

    /// <inheritdoc/>
    public IDataset<T> ForEpoch(int epoch)
    {
        IDataset<T> inEpoch = dataset.ForEpoch(epoch);
        return ReferenceEquals(inEpoch, dataset) ? this : new Subset<T>(inEpoch, indices);
    }

    /// <inheritdoc/>
    public void CopyBatch(ReadOnlySpan<int> indices, Matrix<T> features, Matrix<T> targets)
    {
        int[] buffer = ArrayPool<int>.Shared.Rent(indices.Length);
        dataset.CopyBatch(Translate(indices, buffer), features, targets);
        ArrayPool<int>.Shared.Return(buffer);
    }

    /// <inheritdoc/>
    public void CopyWeights(ReadOnlySpan<int> indices, Span<T> weights)
    {
        int[] buffer = ArrayPool<int>.Shared.Rent(indices.Length);
        dataset.CopyWeights(Translate(indices, buffer), weights);
        ArrayPool<int>.Shared.Return(buffer);
    }

    /// <summary>How many samples of what.</summary>
    /// <returns>For example <c>Subset(120 of ArrayDataset(150 of 4 -> 3))</c>.</returns>
    public override string ToString() => $"Subset({Count} of {dataset})";

    bool IColumnwiseDataset<T>.IsColumnwise => dataset is IColumnwiseDataset<T> { IsColumnwise: true };

    void IColumnwiseDataset<T>.CopyTargets(ReadOnlySpan<int> indices, Matrix<T> features, Matrix<T> targets)
    {
        int[] buffer = ArrayPool<int>.Shared.Rent(indices.Length);
        ((IColumnwiseDataset<T>)dataset).CopyTargets(Translate(indices, buffer), features, targets);
        ArrayPool<int>.Shared.Return(buffer);
    }

    void IColumnwiseDataset<T>.CopyColumns(ReadOnlySpan<int> indices, Matrix<T> features, int first, int end)
    {
        int[] buffer = ArrayPool<int>.Shared.Rent(indices.Length);
        ((IColumnwiseDataset<T>)dataset).CopyColumns(Translate(indices, buffer), features, first, end);
        ArrayPool<int>.Shared.Return(buffer);
    }

    // The other set's indices. Borrowed memory, and none of its own, so that several threads may copy at once; if an error keeps it, another array is made later.
    private ReadOnlySpan<int> Translate(ReadOnlySpan<int> places, Span<int> wanted)
    {
        Guard.Indices(this, Count, places);
        for (int i = 0; i < places.Length; i++)
            wanted[i] = indices[places[i]];
        return wanted[..places.Length];
    }
}
