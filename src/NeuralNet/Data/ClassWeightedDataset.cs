namespace NeuralNet;

/// <summary>The samples of another data set, each with the weight of its class: times its own weight, where it has one.</summary>
/// <remarks>A class of weight 0 has no part in the loss; a batch of such samples alone is an error of the loss. See <see cref="ClassWeights"/>.</remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class ClassWeightedDataset<T> : IDataset<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly IDataset<T> dataset;
    private readonly double[] weights;

    /// <summary>Weights the samples of a data set.</summary>
    /// <param name="dataset">The data set, with labels.</param>
    /// <param name="weights">A weight for each class, finite and at least 0, not all 0; copied. In a set of one target column, for class 0 and class 1.</param>
    /// <exception cref="ArgumentException">The data set has no labels, or the weights are out of range or not one for each class.</exception>
    public ClassWeightedDataset(IDataset<T> dataset, ReadOnlySpan<double> weights)
    {
        Guard.HasLabels("Weighting classes", dataset);
        int classes = Math.Max(dataset.TargetShape.Size, 2);
        if (weights.Length != classes)
            throw new ArgumentException($"{dataset} expects {classes} class weights, one for each class, got {weights.Length}.", nameof(weights));
        Guard.OutputWeights<T>(weights, nameof(weights));
        (this.dataset, this.weights) = (dataset, weights.ToArray());
    }

    private ClassWeightedDataset(IDataset<T> dataset, double[] weights) => (this.dataset, this.weights) = (dataset, weights);

    /// <inheritdoc/>
    public int Count => dataset.Count;

    /// <inheritdoc/>
    public Shape FeatureShape => dataset.FeatureShape;

    /// <inheritdoc/>
    public Shape TargetShape => dataset.TargetShape;

    /// <inheritdoc/>
    public ReadOnlySpan<int> Labels => dataset.Labels;

    /// <summary>True: every sample has the weight of its class.</summary>
    public bool HasSampleWeights => true;

    /// <inheritdoc/>
    public IDataset<T> ForEpoch(int epoch)
    {
        IDataset<T> inEpoch = dataset.ForEpoch(epoch);
        return ReferenceEquals(inEpoch, dataset) ? this : new ClassWeightedDataset<T>(inEpoch, weights);
    }

    /// <inheritdoc/>
    public void CopyBatch(ReadOnlySpan<int> indices, Matrix<T> features, Matrix<T> targets) => dataset.CopyBatch(indices, features, targets);

    /// <inheritdoc/>
    public void CopyWeights(ReadOnlySpan<int> indices, Span<T> weights)
    {
        Guard.Indices(this, Count, indices);
        dataset.CopyWeights(indices, weights);
        ReadOnlySpan<int> labels = dataset.Labels;
        for (int i = 0; i < indices.Length; i++)
            weights[i] = T.CreateTruncating(this.weights[labels[indices[i]]] * double.CreateTruncating(weights[i]));
    }

    /// <summary>The data set.</summary>
    /// <returns>For example <c>ClassWeightedDataset(ArrayDataset(150 of 4 -> 3))</c>.</returns>
    public override string ToString() => $"ClassWeightedDataset({dataset})";
}
