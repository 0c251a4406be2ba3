namespace NeuralNet;

/// <summary>Divides samples at random into those to train with and those to test with.</summary>
/// <remarks>
/// Each sample falls on one side. The indices of each side are in ascending order, and they are the same for a seed on every machine.
/// A side gets its share of the samples rounded to the nearest number, halves upwards, but at least one.
/// </remarks>
public static class Split
{
    /// <summary>Divides samples whatever their class.</summary>
    /// <param name="count">The number of samples, at least 2.</param>
    /// <param name="trainShare">The share to train with, greater than 0 and less than 1.</param>
    /// <param name="seed">What fixes the choice.</param>
    /// <returns>The indices of both sides, ascending.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static (int[] Train, int[] Test) Random(int count, double trainShare, long seed)
    {
        Guard.AtLeast(2, count, nameof(count));
        CheckShare(trainShare);
        int[] order = Permutation.Of(count, Generator(seed));
        return Sides(order.AsSpan(0, TrainCount(count, trainShare)), order.AsSpan(TrainCount(count, trainShare)));
    }

    /// <summary>Divides the samples of every class in the same ratio.</summary>
    /// <param name="labels">The class of each sample, any numbers. A class with one sample is trained with; of any other class each side gets at least one sample.</param>
    /// <param name="trainShare">The share to train with, greater than 0 and less than 1.</param>
    /// <param name="seed">What fixes the choice.</param>
    /// <returns>The indices of both sides, ascending.</returns>
    /// <exception cref="ArgumentException">No class has two samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range.</exception>
    public static (int[] Train, int[] Test) Stratified(ReadOnlySpan<int> labels, double trainShare, long seed)
    {
        CheckShare(trainShare);
        int[] sorted = labels.ToArray();
        int[] order = SortByLabel(sorted);
        CounterRandom random = Generator(seed);
        List<int> train = [], test = [];
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && sorted[end] == sorted[start];)
                end++;

            Span<int> members = order.AsSpan(start, end - start);
            Permutation.Shuffle(members, random);
            train.AddRange(members[..TrainCount(members.Length, trainShare)]);
            test.AddRange(members[TrainCount(members.Length, trainShare)..]);
        }

        return test.Count > 0
            ? Sides([.. train], [.. test])
            : throw new ArgumentException($"A stratified split needs a class with at least two samples; got {labels.Length} labels, all different.", nameof(labels));
    }

    /// <summary>Divides a data set whatever the classes.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="dataset">The data set, of at least two samples.</param>
    /// <param name="trainShare">The share to train with, greater than 0 and less than 1.</param>
    /// <param name="seed">What fixes the choice.</param>
    /// <returns>Both sides as views of the set.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range, or there are fewer than two samples.</exception>
    public static (Subset<T> Train, Subset<T> Test) Random<T>(IDataset<T> dataset, double trainShare, long seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Views(dataset, Random(dataset.Count, trainShare, seed));
    }

    /// <summary>Divides the samples of every class of a data set in the same ratio.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="dataset">The data set, with labels.</param>
    /// <param name="trainShare">The share to train with, greater than 0 and less than 1.</param>
    /// <param name="seed">What fixes the choice.</param>
    /// <returns>Both sides as views of the set.</returns>
    /// <exception cref="ArgumentException">The data set has no labels, or no class has two samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range.</exception>
    public static (Subset<T> Train, Subset<T> Test) Stratified<T>(IDataset<T> dataset, double trainShare, long seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (dataset.Labels.IsEmpty)
            throw new ArgumentException($"A stratified split needs labels, and {dataset} has none. Use Split.Random.", nameof(dataset));
        return Views(dataset, Stratified(dataset.Labels, trainShare, seed));
    }

    private static void CheckShare(double trainShare) => Guard.InRange(trainShare, trainShare is > 0 and < 1, "in (0, 1)", nameof(trainShare));

    private static CounterRandom Generator(long seed) => new CounterRandom((ulong)seed).Split(nameof(Split));

    private static int TrainCount(int count, double trainShare) =>
        count == 1 ? 1 : Math.Clamp((int)Math.Round(count * trainShare, MidpointRounding.AwayFromZero), 1, count - 1);

    // Equal labels keep the order of their indices, which makes the result independent of how the sort works: label above, index below.
    private static int[] SortByLabel(int[] labels)
    {
        var order = new int[labels.Length];
        var keys = new long[labels.Length];
        for (int i = 0; i < labels.Length; i++)
            keys[i] = ((long)labels[i] << 32) | (uint)i;
        Array.Sort(keys);
        for (int i = 0; i < keys.Length; i++)
            (labels[i], order[i]) = ((int)(keys[i] >> 32), (int)keys[i]);
        return order;
    }

    private static (int[] Train, int[] Test) Sides(ReadOnlySpan<int> train, ReadOnlySpan<int> test)
    {
        (int[] Train, int[] Test) sides = (train.ToArray(), test.ToArray());
        Array.Sort(sides.Train);
        Array.Sort(sides.Test);
        return sides;
    }

    private static (Subset<T> Train, Subset<T> Test) Views<T>(IDataset<T> dataset, (int[] Train, int[] Test) sides)
        where T : unmanaged, IFloatingPointIeee754<T> => (new Subset<T>(dataset, sides.Train), new Subset<T>(dataset, sides.Test));
}
