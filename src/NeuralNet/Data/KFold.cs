namespace NeuralNet;

/// <summary>Divides samples at random into folds, each of which is held out once while the others are trained with; also called cross-validation.</summary>
/// <remarks>
/// Each sample is in the validation part of exactly one fold and in the training part of all others. The sizes of the folds differ by at most one.
/// Indices are in ascending order, and they are the same for a seed on every machine.
/// </remarks>
public static class KFold
{
    /// <summary>Folds whatever the classes.</summary>
    /// <param name="count">The number of samples, at least as many as folds.</param>
    /// <param name="folds">The number of folds, at least 2.</param>
    /// <param name="seed">What fixes the choice.</param>
    /// <returns>The indices of each fold's parts, ascending.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, or more than samples.</exception>
    public static (int[] Train, int[] Validation)[] Random(int count, int folds, long seed)
    {
        Guard.AtLeast(2, count, nameof(count));
        CheckFolds(count, folds);
        return Deal(Permutation.Of(count, Generator(seed)), folds);
    }

    /// <summary>Folds with the same share of every class: its numbers in the folds differ by at most one.</summary>
    /// <param name="labels">The class of each sample, any numbers.</param>
    /// <param name="folds">The number of folds, at least 2. A class with fewer samples than folds is missing from some validation parts.</param>
    /// <param name="seed">What fixes the choice.</param>
    /// <returns>The indices of each fold's parts, ascending.</returns>
    /// <exception cref="ArgumentException">Every class has fewer samples than there are folds.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, or more than samples.</exception>
    public static (int[] Train, int[] Validation)[] Stratified(ReadOnlySpan<int> labels, int folds, long seed)
    {
        CheckFolds(labels.Length, folds);
        List<int[]> classes = ClassMembers.Shuffled(labels, Generator(seed));
        if (classes.Max(members => members.Length) is var largest && largest < folds)
            throw new ArgumentException($"{folds} stratified folds need a class with at least as many samples; the largest has {largest}. Use fewer folds, or KFold.Random.", nameof(labels));

        // Class after class, dealt like cards: of a run of equal cards, no one gets two more than another.
        return Deal([.. classes.SelectMany(members => members)], folds);
    }

    /// <summary>Folds of a data set whatever the classes.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="dataset">The data set, of at least as many samples as folds.</param>
    /// <param name="folds">The number of folds, at least 2.</param>
    /// <param name="seed">What fixes the choice.</param>
    /// <returns>Each fold's parts as views of the set.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, or more than samples.</exception>
    public static (Subset<T> Train, Subset<T> Validation)[] Random<T>(IDataset<T> dataset, int folds, long seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Views(dataset, Random(dataset.Count, folds, seed));
    }

    /// <summary>Folds of a data set with the same share of every class.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="dataset">The data set, with labels.</param>
    /// <param name="folds">The number of folds, at least 2. A class with fewer samples than folds is missing from some validation parts.</param>
    /// <param name="seed">What fixes the choice.</param>
    /// <returns>Each fold's parts as views of the set.</returns>
    /// <exception cref="ArgumentException">The data set has no labels, or every class has fewer samples than there are folds.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, or more than samples.</exception>
    public static (Subset<T> Train, Subset<T> Validation)[] Stratified<T>(IDataset<T> dataset, int folds, long seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.HasLabels("A stratified fold", dataset, "KFold.Random");
        return Views(dataset, Stratified(dataset.Labels, folds, seed));
    }

    private static void CheckFolds(int count, int folds) => Guard.InRange(folds, folds >= 2 && folds <= count, $"from 2 to the number of samples, {count}", nameof(folds));

    private static CounterRandom Generator(long seed) => new CounterRandom((ulong)seed).Split(nameof(KFold));

    private static (int[] Train, int[] Validation)[] Deal(int[] order, int folds)
    {
        var foldOf = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
            foldOf[order[i]] = i % folds;
        int[] all = [.. Enumerable.Range(0, order.Length)];
        return [.. Enumerable.Range(0, folds).Select(fold => (Array.FindAll(all, index => foldOf[index] != fold), Array.FindAll(all, index => foldOf[index] == fold)))];
    }

    private static (Subset<T> Train, Subset<T> Validation)[] Views<T>(IDataset<T> dataset, (int[] Train, int[] Validation)[] folds)
        where T : unmanaged, IFloatingPointIeee754<T> => Array.ConvertAll(folds, fold => (new Subset<T>(dataset, fold.Train), new Subset<T>(dataset, fold.Validation)));
}
