namespace NeuralNet.Tests;

public class CounterRandomTests
{
    // Philox4x32-10, known answers of the Random123 distribution (Salmon et al. 2011): counter words, key words, result words.
    [Theory]
    [InlineData(0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0xe169c58d6627e8d5, 0x9b00dbd8bc57ac4c)]
    [InlineData(0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff, 0x41c83b0e408f276d, 0x6d5451fda20bc7c6)]
    [InlineData(0x85a308d3243f6a88, 0x0370734413198a2e, 0x299f31d0a4093822, 0x94fdccebd16cfe09, 0x24126ea15001e420)]
    public void Words_are_those_of_the_published_known_answers(ulong block, ulong stream, ulong key, ulong first, ulong second)
    {
        CounterRandom.Word(key, stream, block, out ulong odd).Should().Be(first);
        odd.Should().Be(second);
    }

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
        FluentActions.Invoking(() => random.Next(-1)).Should().Throw<ArgumentOutOfRangeException>();
    }
}
