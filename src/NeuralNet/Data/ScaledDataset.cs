namespace NeuralNet;

/// <summary>Another data set with its features or its targets scaled as they are read.</summary>
internal sealed class ScaledDataset<T> : IDataset<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly IDataset<T> dataset;
    private readonly bool ofTargets;
    private readonly T[] offsets;
    private readonly T[] factors;

    public ScaledDataset(IDataset<T> dataset, Scaling scaling, bool ofTargets)
        : this(dataset, Scaling.Rounded<T>(scaling.Offsets), Scaling.Rounded<T>(scaling.Factors), ofTargets)
    {
    }

    private ScaledDataset(IDataset<T> dataset, T[] offsets, T[] factors, bool ofTargets) =>
        (this.dataset, this.offsets, this.factors, this.ofTargets) = (dataset, offsets, factors, ofTargets);

    public int Count => dataset.Count;

    public Shape FeatureShape => dataset.FeatureShape;

    public Shape TargetShape => dataset.TargetShape;

    public ReadOnlySpan<int> Labels => dataset.Labels;

    public bool HasSampleWeights => dataset.HasSampleWeights;

    public IDataset<T> ForEpoch(int epoch)
    {
        IDataset<T> inEpoch = dataset.ForEpoch(epoch);
        return ReferenceEquals(inEpoch, dataset) ? this : new ScaledDataset<T>(inEpoch, offsets, factors, ofTargets);
    }

    public void CopyBatch(ReadOnlySpan<int> indices, Matrix<T> features, Matrix<T> targets)
    {
        dataset.CopyBatch(indices, features, targets);
        Scaling.Apply<T>(offsets, factors, ofTargets ? targets : features);
    }

    public void CopyWeights(ReadOnlySpan<int> indices, Span<T> weights) => dataset.CopyWeights(indices, weights);

    public override string ToString() => $"Scaled{(ofTargets ? "Targets" : string.Empty)}({dataset})";
}
