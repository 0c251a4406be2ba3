namespace NeuralNet.Tests;

public class PermutationTests
{
    [Fact]
    public void A_seed_gives_the_known_order() =>
        // An independent Philox4x32-10 in Python, Lemire's bounded draw, and the exchange from the last place down.
        Permutation.Of(10, new CounterRandom(42)).Should().Equal(0, 9, 1, 7, 5, 6, 8, 2, 3, 4);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Every_number_stands_once(int count)
    {
        int[] permutation = Permutation.Of(count, new CounterRandom(1));
        permutation.Order().Should().Equal(Enumerable.Range(0, count));
        Permutation.Of(count, new CounterRandom(1)).Should().Equal(permutation);
        if (count == 1000)
            Permutation.Of(count, new CounterRandom(2)).Should().NotEqual(permutation);
    }

    [Fact]
    public void Each_order_is_equally_likely()
    {
        var counts = new Dictionary<string, int>();
        var random = new CounterRandom(5);
        for (int i = 0; i < 24_000; i++)
        {
            string order = string.Concat(Permutation.Of(4, random));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        // 24 orders, 1000 each; five standard deviations of sqrt(24000·1/24·23/24) = 31.
        counts.Should().HaveCount(24);
        counts.Values.Should().OnlyContain(count => Math.Abs(count - 1000) < 155);
    }

    [Fact]
    public void Any_numbers_can_be_shuffled_in_place()
    {
        int[] numbers = [7, 7, 8];
        Permutation.Shuffle(numbers, new CounterRandom(3));
        numbers.Order().Should().Equal(7, 7, 8);
    }

    [Fact]
    public void A_negative_count_is_told_in_words() =>
        FluentActions.Invoking(() => Permutation.Of(-1, new CounterRandom(1))).Should().Throw<ArgumentOutOfRangeException>().WithMessage("count must be at least 0; got -1.*");
}
