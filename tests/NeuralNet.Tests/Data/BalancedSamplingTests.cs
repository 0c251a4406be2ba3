namespace NeuralNet.Tests;

public class BalancedSamplingTests
{
    // Classes of 7, 1 and 2 samples; class 1 of four has none. The feature is the index.
    private static readonly int[] Labels = [0, 0, 3, 0, 0, 2, 0, 3, 0, 0];
    private static readonly ArrayDataset<float> Data = new(1, [.. Enumerable.Range(0, 10).Select(i => (float)i)], Labels, classes: 4, [.. Enumerable.Range(1, 10).Select(i => (float)i)]);

    [Fact]
    public void Every_class_has_its_part_and_within_it_every_sample_comes_before_any_comes_again()
    {
        var more = new HashSet<int>();
        for (int epoch = 0; epoch < 50; epoch++)
        {
            var drawn = (Subset<float>)new BalancedSampling<float>(Data, seed: 1).ForEpoch(epoch);
            Dictionary<int, int> classes = drawn.Labels.ToArray().CountBy(label => label).ToDictionary();
            classes.Values.Order().Should().Equal(3, 3, 4);
            classes.Keys.Order().Should().Equal(0, 2, 3);
            more.Add(classes.Single(part => part.Value == 4).Key);

            // Of the seven 3 or 4, each once; the single one each time; of the two each once or twice.
            int[] times = [.. Enumerable.Range(0, 10).Select(index => drawn.Indices.ToArray().Count(found => found == index))];
            Enumerable.Range(0, 10).Where(index => Labels[index] == 0).Should().OnlyContain(index => times[index] <= 1);
            Enumerable.Range(0, 10).Where(index => Labels[index] == 3).Should().OnlyContain(index => times[index] == 1 || times[index] == 2);
        }

        more.Order().Should().Equal(0, 2, 3);
    }

    [Fact]
    public void Draws_are_those_of_seed_and_epoch_in_random_order()
    {
        int[] third = Drawn(1, 3);
        Drawn(1, 3).Should().Equal(third);
        Drawn(1, 4).Should().NotEqual(third);
        Drawn(2, 3).Should().NotEqual(third);
        third.Select(index => Labels[index]).Should().NotBeInAscendingOrder();

        static int[] Drawn(long seed, int epoch) => ((Subset<float>)new BalancedSampling<float>(Data, seed).ForEpoch(epoch)).Indices.ToArray();
    }

    [Fact]
    public void A_set_that_is_balanced_already_shows_every_sample_once()
    {
        var even = new ArrayDataset<float>(1, new float[6], [0, 1, 1, 0, 2, 2], classes: 3);
        ((Subset<float>)new BalancedSampling<float>(even, seed: 1).ForEpoch(0)).Indices.ToArray().Order().Should().Equal(0, 1, 2, 3, 4, 5);
    }

    [Fact]
    public void More_classes_than_samples_can_not_be_but_one_class_can() =>
        ((Subset<float>)new BalancedSampling<float>(new ArrayDataset<float>(1, new float[3], [1, 1, 1], classes: 2), seed: 1).ForEpoch(0)).Indices.ToArray().Order().Should().Equal(0, 1, 2);

    [Fact]
    public void Over_many_epochs_every_sample_of_a_large_class_is_seen()
    {
        var seen = new HashSet<int>();
        for (int epoch = 0; epoch < 30; epoch++)
            seen.UnionWith(((Subset<float>)new BalancedSampling<float>(Data, seed: 1).ForEpoch(epoch)).Indices.ToArray());
        seen.Should().HaveCount(10);
    }

    [Fact]
    public void Wrong_arguments_are_told_in_words()
    {
        var set = new BalancedSampling<float>(Data, seed: 1);
        set.ToString().Should().Be("BalancedSampling(ArrayDataset(10 of 1 -> 4))");
        FluentActions.Invoking(() => new BalancedSampling<float>(new ArrayDataset<float>(1, [1], 1, [1]), 1)).Should().Throw<ArgumentException>()
            .WithMessage("Balanced sampling needs labels, and ArrayDataset(1 of 1 -> 1) has none.*");
        FluentActions.Invoking(() => set.ForEpoch(-1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("epoch must be at least 0; got -1.*");
    }
}
