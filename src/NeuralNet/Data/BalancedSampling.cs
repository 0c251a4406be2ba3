namespace NeuralNet;

/// <summary>As many samples of every class in each epoch, drawn anew for each; also called class-balanced sampling, over- and undersampling.</summary>
/// <remarks>
/// <para>
/// An epoch has as many samples as the other set. Every class that has samples at all gets its part of them, count / classes rounded down or up (which of the classes get one more is drawn).
/// Within a class each sample comes once before any comes again: of a large class an epoch shows a part, of a small one every sample several times.
/// </para>
/// <para>
/// The set itself gives the samples as they are; what it gives for an epoch (<see cref="ForEpoch"/>, which <see cref="Batches{T}"/> calls) is balanced, a pure function of seed and epoch, in random order.
/// Its indices are places in the draw, so divide a set first, with <see cref="Split"/> or <see cref="KFold"/>, and balance the part to train with.
/// </para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class BalancedSampling<T> : IDataset<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly IDataset<T> dataset;
    private readonly long seed;

    /// <summary>Balances a data set.</summary>
    /// <param name="dataset">The data set, with labels.</param>
    /// <param name="seed">What fixes the draws of every epoch.</param>
    /// <exception cref="ArgumentException">The data set has no labels.</exception>
    public BalancedSampling(IDataset<T> dataset, long seed)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        Guard.HasLabels("Balanced sampling", dataset);
        (this.dataset, this.seed) = (dataset, seed);
    }

    /// <inheritdoc/>
    public int Count => dataset.Count;

    /// <inheritdoc/>
    public Shape FeatureShape => dataset.FeatureShape;

    /// <inheritdoc/>
    public Shape TargetShape => dataset.TargetShape;

    /// <inheritdoc/>
    public ReadOnlySpan<int> Labels => dataset.Labels;

    /// <inheritdoc/>
    public bool HasSampleWeights => dataset.HasSampleWeights;

    /// <inheritdoc/>
    public IDataset<T> ForEpoch(int epoch)
    {
        Guard.AtLeast(0, epoch, nameof(epoch));
        IDataset<T> inEpoch = dataset.ForEpoch(epoch);
        var random = new CounterRandom((ulong)seed).Split(nameof(BalancedSampling<>)).Split(FormattableString.Invariant($"epoch {epoch}"));
        return new Subset<T>(inEpoch, Draw(inEpoch.Labels, random));
    }

    /// <inheritdoc/>
    public void CopyBatch(ReadOnlySpan<int> indices, Matrix<T> features, Matrix<T> targets) => dataset.CopyBatch(indices, features, targets);

    /// <inheritdoc/>
    public void CopyWeights(ReadOnlySpan<int> indices, Span<T> weights) => dataset.CopyWeights(indices, weights);

    /// <summary>The data set.</summary>
    /// <returns>For example <c>BalancedSampling(ArrayDataset(150 of 4 -> 3))</c>.</returns>
    public override string ToString() => $"BalancedSampling({dataset})";

    private static int[] Draw(ReadOnlySpan<int> labels, CounterRandom random)
    {
        List<int[]> classes = ClassMembers.Of(labels);
        int[] turns = Permutation.Of(classes.Count, random);
        var drawn = new int[labels.Length];
        int count = 0;
        for (int i = 0; i < classes.Count; i++)
        {
            int[] members = classes[i];
            int wanted = (labels.Length / classes.Count) + (turns[i] < labels.Length % classes.Count ? 1 : 0);
            for (int taken = 0; taken < wanted; taken++)
            {
                // Every round through the class has an order of its own.
                if (taken % members.Length == 0)
                    Permutation.Shuffle(members, random);
                drawn[count++] = members[taken % members.Length];
            }
        }

        Permutation.Shuffle(drawn, random);
        return drawn;
    }
}
