using NeuralNet.Kernels;

namespace NeuralNet.Tests;

public class CounterRandomTests
{
    [Fact]
    public void Key_and_counter_restore_the_stream()
    {
        var random = new CounterRandom(7);
        for (int i = 0; i < 5; i++)
            random.NextDouble();
        var restored = new CounterRandom(random.Key, random.Counter);

        for (int i = 0; i < 20; i++)
            restored.Next(1000).Should().Be(random.Next(1000));
    }

    // Philox's words by themselves are tested in PhiloxTests.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0x0123456789ABCDEF, 61)]
    [InlineData(ulong.MaxValue, (1UL << 33) - 70)]
    [InlineData(1, ulong.MaxValue - 140)]
    public void Word_n_is_half_a_block_of_Philox_wherever_it_starts(ulong key, ulong first)
    {
        var random = new CounterRandom(key, first);
        for (ulong n = first; n < first + 140; n++)
        {
            (ulong even, ulong odd) = Philox.Block(key, stream: 0, block: n / 2);
            random.NextUInt64().Should().Be(n % 2 == 0 ? even : odd, "word {0}", n);
        }
    }

    [Fact]
    public void A_named_part_is_independent_of_what_was_drawn()
    {
        var random = new CounterRandom(7);
        ulong before = random.Split("Affine.0").NextUInt64();
        random.NextUInt64();

        random.Split("Affine.0").NextUInt64().Should().Be(before);
        random.Split("Affine.1").NextUInt64().Should().NotBe(before);
        new CounterRandom(8).Split("Affine.0").NextUInt64().Should().NotBe(before);
    }

    [Fact]
    public void Draws_are_uniform_in_their_range()
    {
        var random = new CounterRandom(3);
        var counts = new int[6];
        double sum = 0, sumOfSquares = 0;
        for (int i = 0; i < 60_000; i++)
        {
            counts[random.Next(1, 7) - 1]++;
            double u = random.NextDouble();
            (sum, sumOfSquares) = (sum + u, sumOfSquares + (u * u));
        }

        // Five standard deviations: sqrt(60000·1/6·5/6) = 91; of a mean of uniforms sqrt(1/12/60000) = 0.0012.
        counts.Should().OnlyContain(count => Math.Abs(count - 10_000) < 456);
        (sum / 60_000).Should().BeApproximately(0.5, 0.006);
        (sumOfSquares / 60_000).Should().BeApproximately(1.0 / 3, 0.006);
    }

    [Fact]
    public void Every_method_of_Random_reads_the_counter()
    {
        Random random = new CounterRandom(5), same = new CounterRandom(5);
        var bytes = new byte[11];
        random.NextBytes(bytes);

        bytes[..8].Should().Equal(BitConverter.GetBytes(((CounterRandom)same).NextUInt64()));
        ((CounterRandom)random).Counter.Should().Be(2);
        random.NextSingle().Should().BeInRange(0, 1);
        random.Next().Should().BeInRange(0, int.MaxValue - 1);
        random.NextInt64().Should().BeInRange(0, long.MaxValue - 1);
        random.NextInt64(-5, -4).Should().Be(-5);
        random.Next(0).Should().Be(0);
        FluentActions.Invoking(() => random.Next(-1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("maxValue must be at least 0; got -1.*");
        FluentActions.Invoking(() => random.NextInt64(-1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("maxValue must be at least 0; got -1.*");
    }
}
