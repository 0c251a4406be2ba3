namespace NeuralNet.Tests;

public class SplitTests
{
    [Theory]
    [InlineData(10, 0.8, 8)]
    [InlineData(10, 0.25, 3)]
    [InlineData(10, 0.001, 1)]
    [InlineData(10, 0.999, 9)]
    [InlineData(2, 0.9, 1)]
    public void Random_divides_every_sample_to_one_side_in_ascending_order(int count, double trainShare, int trainCount)
    {
        (int[] train, int[] test) = Split.Random(count, trainShare, seed: 4);

        train.Should().HaveCount(trainCount).And.BeInAscendingOrder();
        test.Should().BeInAscendingOrder();
        train.Concat(test).Order().Should().Equal(Enumerable.Range(0, count));
    }

    [Fact]
    public void Stratified_divides_each_class_in_the_ratio()
    {
        // Classes of 100, 10, 3, 2 and 1 samples, mixed; a share of 0.7 takes 70, 7, 2.1, 1.4 and all of one.
        int[] labels = [.. Enumerable.Repeat(0, 100), .. Enumerable.Repeat(1, 10), .. Enumerable.Repeat(-5, 3), .. Enumerable.Repeat(int.MaxValue, 2), 9];
        Permutation.Shuffle(labels, new CounterRandom(1));
        (int[] train, int[] test) = Split.Stratified(labels, 0.7, seed: 4);

        train.CountBy(index => labels[index]).Should().BeEquivalentTo(new Dictionary<int, int> { [0] = 70, [1] = 7, [-5] = 2, [int.MaxValue] = 1, [9] = 1 });
        test.CountBy(index => labels[index]).Should().BeEquivalentTo(new Dictionary<int, int> { [0] = 30, [1] = 3, [-5] = 1, [int.MaxValue] = 1 });
        train.Should().BeInAscendingOrder();
        test.Should().BeInAscendingOrder();
        train.Concat(test).Order().Should().Equal(Enumerable.Range(0, labels.Length));
    }

    [Theory]
    [InlineData(10, 0.6, 0.2, 6, 2)]
    [InlineData(10, 0.7, 0.2, 7, 2)]
    [InlineData(10, 0.98, 0.01, 8, 1)]
    [InlineData(10, 0.001, 0.99, 1, 8)]
    [InlineData(3, 0.9, 0.05, 1, 1)]
    public void Random_divides_in_three(int count, double trainShare, double validationShare, int trainCount, int validationCount)
    {
        (int[] train, int[] validation, int[] test) = Split.Random(count, trainShare, validationShare, seed: 4);

        (train.Length, validation.Length).Should().Be((trainCount, validationCount));
        train.Should().BeInAscendingOrder();
        validation.Should().BeInAscendingOrder();
        test.Should().BeInAscendingOrder();
        train.Concat(validation).Concat(test).Order().Should().Equal(Enumerable.Range(0, count));
        Split.Random(count, trainShare, validationShare, seed: 4).Should().BeEquivalentTo((train, validation, test));
    }

    [Fact]
    public void Stratified_divides_each_class_in_three()
    {
        int[] labels = [.. Enumerable.Repeat(0, 100), .. Enumerable.Repeat(1, 10), .. Enumerable.Repeat(-5, 3), .. Enumerable.Repeat(int.MaxValue, 2), 9];
        Permutation.Shuffle(labels, new CounterRandom(1));
        (int[] train, int[] validation, int[] test) = Split.Stratified(labels, 0.6, 0.2, seed: 4);

        train.CountBy(index => labels[index]).Should().BeEquivalentTo(new Dictionary<int, int> { [0] = 60, [1] = 6, [-5] = 1, [int.MaxValue] = 1, [9] = 1 });
        validation.CountBy(index => labels[index]).Should().BeEquivalentTo(new Dictionary<int, int> { [0] = 20, [1] = 2, [-5] = 1 });
        test.CountBy(index => labels[index]).Should().BeEquivalentTo(new Dictionary<int, int> { [0] = 20, [1] = 2, [-5] = 1, [int.MaxValue] = 1 });
        train.Concat(validation).Concat(test).Order().Should().Equal(Enumerable.Range(0, labels.Length));

        var data = new ArrayDataset<float>(1, new float[6], [0, 0, 0, 1, 1, 1], classes: 2);
        Split.Stratified(data, 0.4, 0.3, seed: 1).Validation.Labels.ToArray().Should().Equal(0, 1);
        Split.Random(data, 0.5, 0.3, seed: 1).Test.Indices.ToArray().Should().Equal(Split.Random(6, 0.5, 0.3, seed: 1).Test);
    }

    [Fact]
    public void A_seed_fixes_the_choice()
    {
        int[] labels = [.. Enumerable.Range(0, 100).Select(i => i % 3)];

        Split.Random(100, 0.5, 1).Train.Should().Equal(Split.Random(100, 0.5, 1).Train).And.NotEqual(Split.Random(100, 0.5, 2).Train);
        Split.Stratified(labels, 0.5, 1).Train.Should().Equal(Split.Stratified(labels, 0.5, 1).Train).And.NotEqual(Split.Stratified(labels, 0.5, 2).Train);
    }

    [Fact]
    public void A_data_set_is_divided_into_views()
    {
        var data = new ArrayDataset<float>(1, new float[10], [0, 0, 0, 0, 0, 1, 1, 1, 1, 1], classes: 2);
        (Subset<float> train, Subset<float> test) = Split.Stratified(data, 0.6, seed: 1);

        train.Labels.ToArray().Should().Equal(0, 0, 0, 1, 1, 1);
        test.Labels.ToArray().Should().Equal(0, 0, 1, 1);
        train.Indices.ToArray().Should().Equal(Split.Stratified(data.Labels, 0.6, seed: 1).Train);
        Split.Random(data, 0.6, seed: 1).Test.Indices.ToArray().Should().Equal(Split.Random(10, 0.6, seed: 1).Test);
    }

    [Fact]
    public void Wrong_arguments_are_told_in_words()
    {
        Wrong(() => Split.Random(1, 0.5, 1), "count must be at least 2; got 1.*");
        Wrong(() => Split.Random(10, 1, 1), "trainShare must be in (0, 1); got 1.*");
        Wrong(() => Split.Random(10, double.NaN, 1), "trainShare must be in (0, 1); got NaN.*");
        Wrong(() => Split.Stratified([0, 1], 0, 1), "trainShare must be in (0, 1); got 0.*");
        Wrong(() => Split.Stratified([0, 1, 2], 0.5, 1), "A stratified split needs a class with at least two samples; got 3 labels, all different.*");
        Wrong(() => Split.Random(2, 0.5, 0.2, 1), "count must be at least 3; got 2.*");
        Wrong(() => Split.Random(10, 0.8, 0.2, 1), "validationShare must be greater than 0 and, with trainShare, less than 1; got 0.2.*");
        Wrong(() => Split.Random(10, 0.8, 0, 1), "validationShare must be greater than 0 and, with trainShare, less than 1; got 0.*");
        Wrong(() => Split.Stratified([0, 0, 1, 1], 0.5, 0.2, 1), "A stratified split in three needs a class with at least three samples; got 4 labels without one.*");
        Wrong(() => Split.Stratified(new ArrayDataset<float>(1, [1], 1, [1]), 0.5, 1), "A stratified split needs labels, and ArrayDataset(1 of 1 -> 1) has none.*");

        static void Wrong(Action action, string message) => action.Should().Throw<ArgumentException>().WithMessage(message);
    }
}
