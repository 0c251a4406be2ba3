namespace NeuralNet;

/// <summary>Divides samples at random into those to train with and those to test with, or also those to validate with on the way.</summary>
/// <remarks>
/// Each sample falls on one side. The indices of each side are in ascending order, and they are the same for a seed on every machine.
/// A side gets its share of the samples rounded to the nearest number, halves upwards, but at least one; the last side gets the rest. To test with every sample in turn, see <see cref="KFold"/>.
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
        return (Ascending(order[..TrainCount(count, trainShare)]), Ascending(order[TrainCount(count, trainShare)..]));
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
        List<int> train = [], test = [];
        foreach (int[] members in ClassMembers.Shuffled(labels, Generator(seed)))
        {
            train.AddRange(members[..TrainCount(members.Length, trainShare)]);
            test.AddRange(members[TrainCount(members.Length, trainShare)..]);
        }

        return test.Count > 0
            ? (Ascending([.. train]), Ascending([.. test]))
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
        Guard.HasLabels("A stratified split", dataset, "Split.Random");
        return Views(dataset, Stratified(dataset.Labels, trainShare, seed));
    }

    /// <summary>Divides samples in three, whatever their class.</summary>
    /// <param name="count">The number of samples, at least 3.</param>
    /// <param name="trainShare">The share to train with, greater than 0 and less than 1.</param>
    /// <param name="validationShare">The share to validate with, greater than 0; both shares together are less than 1.</param>
    /// <param name="seed">What fixes the choice.</param>
    /// <returns>The indices of all sides, ascending.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static (int[] Train, int[] Validation, int[] Test) Random(int count, double trainShare, double validationShare, long seed)
    {
        Guard.AtLeast(3, count, nameof(count));
        CheckShares(trainShare, validationShare);
        int[] order = Permutation.Of(count, Generator(seed));
        (int train, int validation) = Counts(count, trainShare, validationShare);
        return (Ascending(order[..train]), Ascending(order[train..(train + validation)]), Ascending(order[(train + validation)..]));
    }

    /// <summary>Divides the samples of every class in three in the same ratio.</summary>
    /// <param name="labels">
    /// The class of each sample, any numbers. A class with one sample is trained with; one of two samples is trained and tested with; of any other class each side gets at least one.
    /// </param>
    /// <param name="trainShare">The share to train with, greater than 0 and less than 1.</param>
    /// <param name="validationShare">The share to validate with, greater than 0; both shares together are less than 1.</param>
    /// <param name="seed">What fixes the choice.</param>
    /// <returns>The indices of all sides, ascending.</returns>
    /// <exception cref="ArgumentException">No class has three samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A share is out of range.</exception>
    public static (int[] Train, int[] Validation, int[] Test) Stratified(ReadOnlySpan<int> labels, double trainShare, double validationShare, long seed)
    {
        CheckShares(trainShare, validationShare);
        List<int> train = [], validation = [], test = [];
        foreach (int[] members in ClassMembers.Shuffled(labels, Generator(seed)))
        {
            (int trainCount, int validationCount) = Counts(members.Length, trainShare, validationShare);
            train.AddRange(members[..trainCount]);
            validation.AddRange(members[trainCount..(trainCount + validationCount)]);
            test.AddRange(members[(trainCount + validationCount)..]);
        }

        return validation.Count > 0
            ? (Ascending([.. train]), Ascending([.. validation]), Ascending([.. test]))
            : throw new ArgumentException($"A stratified split in three needs a class with at least three samples; got {labels.Length} labels without one.", nameof(labels));
    }

    /// <summary>Divides a data set in three, whatever the classes.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="dataset">The data set, of at least three samples.</param>
    /// <param name="trainShare">The share to train with, greater than 0 and less than 1.</param>
    /// <param name="validationShare">The share to validate with, greater than 0; both shares together are less than 1.</param>
    /// <param name="seed">What fixes the choice.</param>
    /// <returns>All sides as views of the set.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A share is out of range, or there are fewer than three samples.</exception>
    public static (Subset<T> Train, Subset<T> Validation, Subset<T> Test) Random<T>(IDataset<T> dataset, double trainShare, double validationShare, long seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Views(dataset, Random(dataset.Count, trainShare, validationShare, seed));
    }

    /// <summary>Divides the samples of every class of a data set in three in the same ratio.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="dataset">The data set, with labels.</param>
    /// <param name="trainShare">The share to train with, greater than 0 and less than 1.</param>
    /// <param name="validationShare">The share to validate with, greater than 0; both shares together are less than 1.</param>
    /// <param name="seed">What fixes the choice.</param>
    /// <returns>All sides as views of the set.</returns>
    /// <exception cref="ArgumentException">The data set has no labels, or no class has three samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A share is out of range.</exception>
    public static (Subset<T> Train, Subset<T> Validation, Subset<T> Test) Stratified<T>(IDataset<T> dataset, double trainShare, double validationShare, long seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.HasLabels("A stratified split", dataset, "Split.Random");
        return Views(dataset, Stratified(dataset.Labels, trainShare, validationShare, seed));
    }

    private static void CheckShare(double trainShare) => Guard.InRange(trainShare, trainShare is > 0 and < 1, "in (0, 1)", nameof(trainShare));

    private static void CheckShares(double trainShare, double validationShare)
    {
        CheckShare(trainShare);
        Guard.InRange(validationShare, validationShare > 0 && trainShare + validationShare < 1, "greater than 0 and, with trainShare, less than 1", nameof(validationShare));
    }

    private static CounterRandom Generator(long seed) => new CounterRandom((ulong)seed).Split(nameof(Split));

    private static int TrainCount(int count, double trainShare) =>
        count == 1 ? 1 : Math.Clamp((int)Math.Round(count * trainShare, MidpointRounding.AwayFromZero), 1, count - 1);

    // A class of two leaves nothing to validate with, one of one nothing to test with either.
    private static (int Train, int Validation) Counts(int count, double trainShare, double validationShare)
    {
        if (count < 3)
            return (1, 0);
        int train = Math.Min(TrainCount(count, trainShare), count - 2);
        return (train, Math.Clamp((int)Math.Round(count * validationShare, MidpointRounding.AwayFromZero), 1, count - train - 1));
    }

    private static int[] Ascending(int[] indices)
    {
        Array.Sort(indices);
        return indices;
    }

    private static (Subset<T> Train, Subset<T> Test) Views<T>(IDataset<T> dataset, (int[] Train, int[] Test) sides)
        where T : unmanaged, IFloatingPointIeee754<T> => (new Subset<T>(dataset, sides.Train), new Subset<T>(dataset, sides.Test));

    private static (Subset<T> Train, Subset<T> Validation, Subset<T> Test) Views<T>(IDataset<T> dataset, (int[] Train, int[] Validation, int[] Test) sides)
        where T : unmanaged, IFloatingPointIeee754<T> => (new Subset<T>(dataset, sides.Train), new Subset<T>(dataset, sides.Validation), new Subset<T>(dataset, sides.Test));
}
