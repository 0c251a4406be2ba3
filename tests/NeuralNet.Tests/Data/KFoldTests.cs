using System.Text.Json;

namespace NeuralNet.Tests;

public class KFoldTests
{
    [Theory]
    [InlineData(10, 5)]
    [InlineData(11, 4)]
    [InlineData(7, 7)]
    [InlineData(2, 2)]
    public void Each_sample_is_held_out_once_and_sizes_differ_by_at_most_one(int count, int folds)
    {
        (int[] Train, int[] Validation)[] parts = KFold.Random(count, folds, seed: 4);

        parts.Should().HaveCount(folds);
        parts.SelectMany(fold => fold.Validation).Order().Should().Equal(Enumerable.Range(0, count));
        parts.Should().OnlyContain(fold => fold.Validation.Length == count / folds || fold.Validation.Length == (count / folds) + 1);
        foreach ((int[] train, int[] validation) in parts)
        {
            train.Should().BeInAscendingOrder();
            validation.Should().BeInAscendingOrder();
            train.Concat(validation).Order().Should().Equal(Enumerable.Range(0, count));
        }
    }

    // scaling.json: make_scaling.py, scikit-learn 1.2.1's StratifiedKFold.
    [Theory]
    [InlineData("folds 5", 5)]
    [InlineData("folds 4", 4)]
    [InlineData("folds 3", 3)]
    public void Classes_are_shared_among_folds_as_by_scikit_learn(string name, int folds)
    {
        JsonElement golden = GoldenFile.Row("scaling", name);
        int[] labels = [.. golden.Numbers("counts").SelectMany((count, label) => Enumerable.Repeat(label, (int)count))];
        (int[] Train, int[] Validation)[] parts = KFold.Stratified(labels, folds, seed: 4);

        parts.SelectMany(fold => fold.Validation).Order().Should().Equal(Enumerable.Range(0, labels.Length));
        double[][] expected = [.. golden.GetProperty("folds").EnumerateArray().Select(counts => counts.Numbers())];
        for (int fold = 0; fold < folds; fold++)
            Enumerable.Range(0, expected[fold].Length).Select(label => (double)parts[fold].Validation.Count(index => labels[index] == label)).Should().Equal(expected[fold]);
    }

    [Fact]
    public void Of_any_labels_a_class_has_numbers_in_the_folds_that_differ_by_at_most_one()
    {
        foreach (int seed in Enumerable.Range(0, 50))
        {
            int[] labels = Make.Labels(20 + seed, 4, seed);
            (int[] Train, int[] Validation)[] parts = KFold.Stratified(labels, 3, seed);

            parts.Select(fold => fold.Validation.Length).Should().Match(sizes => sizes.Max() - sizes.Min() <= 1);
            foreach (int label in labels.Distinct())
                parts.Select(fold => fold.Validation.Count(index => labels[index] == label)).Should().Match(counts => counts.Max() - counts.Min() <= 1);
        }
    }

    [Fact]
    public void A_seed_fixes_the_choice()
    {
        int[] labels = [.. Enumerable.Range(0, 100).Select(i => i % 3)];

        KFold.Random(100, 5, 1)[0].Train.Should().Equal(KFold.Random(100, 5, 1)[0].Train).And.NotEqual(KFold.Random(100, 5, 2)[0].Train);
        KFold.Stratified(labels, 5, 1)[0].Train.Should().Equal(KFold.Stratified(labels, 5, 1)[0].Train).And.NotEqual(KFold.Stratified(labels, 5, 2)[0].Train);
    }

    [Fact]
    public void A_data_set_is_divided_into_views()
    {
        var data = new ArrayDataset<float>(1, new float[10], [0, 0, 0, 0, 0, 1, 1, 1, 1, 1], classes: 2);

        foreach ((Subset<float> train, Subset<float> validation) in KFold.Stratified(data, 5, seed: 1))
            (train.Count, string.Join(' ', validation.Labels.ToArray())).Should().Be((8, "0 1"));
        KFold.Random(data, 5, seed: 1)[3].Train.Indices.ToArray().Should().Equal(KFold.Random(10, 5, seed: 1)[3].Train);
    }

    [Fact]
    public void Wrong_arguments_are_told_in_words()
    {
        Wrong(() => KFold.Random(10, 1, 1), "folds must be from 2 to the number of samples, 10; got 1.*");
        Wrong(() => KFold.Random(10, 11, 1), "folds must be from 2 to the number of samples, 10; got 11.*");
        Wrong(() => KFold.Random(1, 2, 1), "count must be at least 2; got 1.*");
        Wrong(() => KFold.Stratified([0, 0, 1, 1, 2], 3, 1), "3 stratified folds need a class with at least as many samples; the largest has 2. Use fewer folds, or KFold.Random.*");
        Wrong(() => KFold.Stratified(new ArrayDataset<float>(1, [1, 2], 1, [1, 2]), 2, 1), "A stratified fold needs labels, and ArrayDataset(2 of 1 -> 1) has none. Use KFold.Random.*");

        static void Wrong(Action action, string message) => action.Should().Throw<ArgumentException>().WithMessage(message);
    }
}
