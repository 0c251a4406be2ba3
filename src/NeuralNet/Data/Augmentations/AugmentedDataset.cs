using System.Buffers;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Images that are changed at random as they are read, differently in each epoch; also called data augmentation on the fly.</summary>
/// <remarks>
/// <para>
/// The set itself gives the samples as they are; what it gives for an epoch (<see cref="ForEpoch"/>, which <see cref="Batches{T}"/> calls) is augmented. A sample's draws are a pure function of
/// seed, epoch, the sample's index and the augmentation's place in the list: no generator runs along, so an epoch resumed in its middle, or read in another order or other batches, has the same bits.
/// An index that stands twice in an epoch is the same image twice; behind <see cref="BalancedSampling{T}"/> it is changed anew each time it is drawn.
/// </para>
/// <para>Targets, labels and weights are those of the other set.</para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class AugmentedDataset<T> : IDataset<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly IDataset<T> dataset;
    private readonly IImageAugmentation[] augmentations;
    private readonly long seed;

    // What an epoch has besides: the other set as it is in this epoch, the key of its draws, and the generator that each sample starts anew.
    private readonly IDataset<T> current;
    private readonly ulong epochKey;
    private readonly CounterRandom? random;

    /// <summary>Augments a data set.</summary>
    /// <param name="dataset">The data set, of images: <see cref="FeatureShape"/> is channels, height, width.</param>
    /// <param name="augmentations">What happens to each image, one after another.</param>
    /// <param name="seed">What fixes all draws.</param>
    /// <exception cref="ArgumentException">The samples are not images.</exception>
    public AugmentedDataset(IDataset<T> dataset, IReadOnlyList<IImageAugmentation> augmentations, long seed)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(augmentations);
        Guard.ImageSamples(dataset, dataset.FeatureShape);
        (this.dataset, this.augmentations, this.seed, current) = (dataset, [.. augmentations], seed, dataset);
        foreach (IImageAugmentation augmentation in this.augmentations)
            ArgumentNullException.ThrowIfNull(augmentation, nameof(augmentations));
    }

    private AugmentedDataset(AugmentedDataset<T> whole, int epoch)
    {
        (dataset, augmentations, seed, current) = (whole.dataset, whole.augmentations, whole.seed, whole.dataset.ForEpoch(epoch));
        epochKey = new CounterRandom((ulong)seed).Split(nameof(AugmentedDataset<>)).Split(FormattableString.Invariant($"epoch {epoch}")).Key;
        random = new CounterRandom(epochKey);
    }

    /// <inheritdoc/>
    public int Count => current.Count;

    /// <summary>The shape of one image: channels, height, width.</summary>
    public Shape FeatureShape => current.FeatureShape;

    /// <inheritdoc/>
    public Shape TargetShape => current.TargetShape;

    /// <inheritdoc/>
    public ReadOnlySpan<int> Labels => current.Labels;

    /// <inheritdoc/>
    public bool HasSampleWeights => current.HasSampleWeights;

    /// <inheritdoc/>
    public IDataset<T> ForEpoch(int epoch) => new AugmentedDataset<T>(this, Guard.AtLeast(0, epoch, nameof(epoch)));

    /// <inheritdoc/>
    public void CopyBatch(ReadOnlySpan<int> indices, Matrix<T> features, Matrix<T> targets)
    {
        Guard.Indices(this, Count, indices);
        Guard.Batch(this, indices.Length, FeatureShape, features, nameof(features));
        Guard.Batch(this, indices.Length, TargetShape, targets, nameof(targets));
        current.CopyBatch(indices, features, targets);
        if (random is null || augmentations.Length == 0)
            return;

        // In a batch the pixels of an image lie far apart, so it is turned over to images one after another and back.
        int size = FeatureShape.Size, count = indices.Length * size;
        T[] batch = ArrayPool<T>.Shared.Rent(count), image = ArrayPool<T>.Shared.Rent(size);
        Span<T> images = batch.AsSpan(0, count), spare = image.AsSpan(0, size);
        Transpose.ToRows(features.View(), images);
        for (int i = 0; i < indices.Length; i++)
            Augment(images.Slice(i * size, size), spare, indices[i], random);
        Transpose.ToColumns(images, features.View());
        ArrayPool<T>.Shared.Return(batch);
        ArrayPool<T>.Shared.Return(image);
    }

    /// <inheritdoc/>
    public void CopyWeights(ReadOnlySpan<int> indices, Span<T> weights) => current.CopyWeights(indices, weights);

    /// <summary>The data set and what happens to it.</summary>
    /// <returns>For example <c>AugmentedDataset(ImageDataset(60000 of 1x28x28 -> 10): RandomShift, RandomFlip)</c>.</returns>
    public override string ToString() => $"AugmentedDataset({dataset}: {string.Join(", ", augmentations.Select(augmentation => augmentation.GetType().Name))})";

    private void Augment(Span<T> image, Span<T> spare, int index, CounterRandom random)
    {
        Span<T> from = image, to = spare;
        for (int i = 0; i < augmentations.Length; i++)
        {
            random.Restart(Philox.Block(epochKey, stream: (ulong)i + 1, block: (ulong)index).First);
            augmentations[i].Apply<T>(from, to, FeatureShape, random);
            Span<T> changed = to;
            to = from;
            from = changed;
        }

        if (augmentations.Length % 2 != 0)
            from.CopyTo(image);
    }
}
