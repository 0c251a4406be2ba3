using System.Security.Cryptography;

namespace NeuralNet;

/// <summary>Cuts a data set into batches, shuffled anew for every epoch; also called a data loader.</summary>
/// <remarks>
/// The order of an epoch is a pure function of seed and epoch, so any epoch can be repeated, or resumed in its middle, by its number.
/// Batches share a few matrices, so a batch is valid until the next one and a steady epoch allocates nothing per batch.
/// While a batch is used, the next one is made: where that takes long, as with augmentation, on another thread; of images by the threads of the network while these wait for each other.
/// For that reason one pass runs at a time: to go through a set while another pass is under way, create a second <see cref="Batches{T}"/>. Used by one thread at a time.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Batches<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchReader<T> reader = new();
    private readonly int[] order;
    private IDataset<T> current;
    private long pass;

    /// <summary>Cuts a data set into batches.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="batchSize">The number of samples in a batch, at least 1. The last batch of an epoch is smaller where the count is not a multiple.</param>
    /// <param name="seed">What fixes the order of every epoch; if left out, one is drawn and kept in <see cref="Seed"/>.</param>
    /// <exception cref="ArgumentException">The data set is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is less than 1.</exception>
    public Batches(IDataset<T> dataset, int batchSize, long? seed = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        Guard.AtLeast(1, batchSize, nameof(batchSize));
        if (dataset.Count < 1)
            throw new ArgumentException($"{dataset} has no samples to make batches of.", nameof(dataset));
        (Dataset, BatchSize, Seed) = (dataset, batchSize, seed ?? BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))));
        current = dataset;
        order = new int[dataset.Count];
    }

    /// <summary>The data set.</summary>
    public IDataset<T> Dataset { get; }

    /// <summary>The number of samples in a batch.</summary>
    public int BatchSize { get; }

    /// <summary>What fixes the order of every epoch.</summary>
    public long Seed { get; }

    /// <summary>The number of batches in an epoch, a smaller last one included.</summary>
    public int BatchesPerEpoch => ((Dataset.Count - 1) / BatchSize) + 1;

    /// <summary>Every sample once, shuffled.</summary>
    /// <param name="epoch">The number of the epoch, from 0.</param>
    /// <param name="firstBatch">The batch to begin with, from 0 to <see cref="BatchesPerEpoch"/>; later ones resume an epoch in its middle.</param>
    /// <returns>The batches, for <see langword="foreach"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public BatchEnumerator<T> Epoch(int epoch, int firstBatch = 0)
    {
        Guard.AtLeast(0, epoch, nameof(epoch));
        Guard.InRange(firstBatch, firstBatch >= 0 && firstBatch <= BatchesPerEpoch, FormattableString.Invariant($"from 0 to {BatchesPerEpoch}"), nameof(firstBatch));
        reader.Forget();
        current = Dataset.ForEpoch(epoch);
        Permutation.Fill(order, new CounterRandom((ulong)Seed).Split(FormattableString.Invariant($"epoch {epoch}")));
        return new BatchEnumerator<T>(this, ++pass, firstBatch);
    }

    /// <summary>Every sample once, in the order of the data set.</summary>
    /// <returns>The batches, for <see langword="foreach"/>.</returns>
    public BatchEnumerator<T> InOrder()
    {
        reader.Forget();
        current = Dataset;
        Permutation.FillInOrder(order);
        return new BatchEnumerator<T>(this, ++pass, 0);
    }

    /// <summary>The sizes.</summary>
    /// <returns>For example <c>Batches(600 of 100: ImageDataset(60000 of 1x28x28 -> 10))</c>.</returns>
    public override string ToString() => $"Batches({BatchesPerEpoch} of {BatchSize}: {Dataset})";

    /// <summary>Ends whatever is read ahead: the data set is left alone when this returns.</summary>
    internal void Forget() => reader.Forget();

    internal void CheckPass(long number)
    {
        if (number != pass)
            throw new InvalidOperationException($"{this}: this pass ended when another one began, as they share their matrices. Create a second Batches to go through the set in between.");
    }

    internal Batch<T> Read(int number)
    {
        Batch<T> batch = reader.Read(current, number, Indices(number));
        if (number + 1 < BatchesPerEpoch)
            reader.ReadAhead(current, number + 1, Indices(number + 1));
        return batch;
    }

    private ReadOnlyMemory<int> Indices(int number)
    {
        int start = number * BatchSize;
        return order.AsMemory(start, Math.Min(BatchSize, order.Length - start));
    }
}
