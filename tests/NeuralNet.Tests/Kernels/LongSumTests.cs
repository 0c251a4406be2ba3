using NeuralNet.Kernels;

namespace NeuralNet.Tests;

public class LongSumTests
{
    [Fact]
    public void Sums_are_those_of_plain_loops_to_the_bit()
    {
        foreach (int count in (int[])[.. Enumerable.Range(0, 140), 4095, 4096, 4097, 4161, 8192, 20_001])
        {
            Check<float>(count);
            Check<double>(count);
        }

        static void Check<T>(int count)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T[] terms = [.. Make.Uniform<T>(count + 1, 1, seed: count).Values()[..count]];
            LongSum.Of<Scalar<T>, T, Terms<T>>(count, new(terms)).Value.Should().Be(Plain(terms), $"{count} terms are summed in order");
        }
    }

    // By hand: n equal numbers are n times one of them, exactly where n is a power of 2.
    [Theory]
    [InlineData(1 << 12)]
    [InlineData(1 << 20)]
    public void A_million_equal_numbers_lose_few_digits(int count)
    {
        float[] terms = [.. Enumerable.Repeat(0.1f, count)];
        float relative = (LongSum.Of<Scalar<float>, float, Terms<float>>(count, new(terms)).Value / (0.1f * count)) - 1;
        MathF.Abs(relative).Should().BeLessThan(3e-6f);
    }

    [Fact]
    public void Means_of_large_images_and_losses_of_many_outputs_keep_their_digits()
    {
        const int Side = 1024, Outputs = 3 * 224 * 224;
        var pooling = new GlobalAveragePooling<float>();
        pooling.Build(new Shape(1, Side, Side), new Random(1));
        pooling.Forward(Matrix<float>.Build.Dense(1, Side * Side, 0.1f))[0, 0].Should().BeApproximately(0.1f, 3e-7f);
        new MeanAbsoluteError<float>().Forward(Matrix<float>.Build.Dense(1, Outputs, 0.1f), Matrix<float>.Build.Dense(1, Outputs)).Should().BeApproximately(0.1, 3e-7);

        // By hand: 100, 101, 100, 101 ... has mean 100.5 and deviation 0.5, so it becomes -1, 1, -1, 1 ...
        var normalization = new LayerNormalization<float>();
        normalization.Build(Side * Side, new Random(1));
        Matrix<float> y = normalization.Forward(Matrix<float>.Build.Dense(1, Side * Side, (_, column) => 100 + (column % 2)));
        y[0, 0].Should().BeApproximately(-1, 1e-3f);
        y[0, 1].Should().BeApproximately(1, 1e-3f);
    }

    [Fact]
    public void Infinity_is_a_number_like_others()
    {
        float[] terms = [.. Enumerable.Repeat(1f, 10_000)];
        terms[77] = float.PositiveInfinity;
        LongSum.Of<Scalar<float>, float, Terms<float>>(terms.Length, new(terms)).Value.Should().Be(float.PositiveInfinity);
    }

    /// <summary>The same sum in plain loops: blocks of 64 in four partial sums, 64 blocks together.</summary>
    internal static T Plain<T>(T[] terms)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        foreach (T[] part in terms.Chunk(64 * 64))
        {
            T partSum = T.Zero;
            foreach (T[] block in part.Chunk(64))
            {
                var partials = new T[4];
                for (int i = 0; i < block.Length; i++)
                    partials[i % 4] += block[i];
                partSum += partials[0] + partials[2] + (partials[1] + partials[3]);
            }

            sum += partSum;
        }

        return sum;
    }

    private readonly struct Terms<T>(T[] terms) : ITerms<Scalar<T>>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public Scalar<T> At(int index) => new(terms[index]);
    }
}
