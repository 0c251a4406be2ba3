using NeuralNet.Kernels;

namespace NeuralNet.Tests;

public class ElasticFieldTests
{
    // Every number of lanes left over of the widest vectors.
    [Fact]
    public unsafe void A_field_is_that_of_the_plain_twin()
    {
        for (int width = 1; width <= (Emulation.IsOn ? 11 : (4 * 8) + 3); width++)
            Check(3, width, 0.7);
        Check(1, 9, 2.5);
        Check(9, 1, 2.5);
        Check(5, 5, 0.1);

        static void Check(int height, int width, double sigma)
        {
            (nint across, nint down) = ElasticField.Draw(height, width, sigma, new CounterRandom(3));
            (double[] expectedAcross, double[] expectedDown) = Twin(height, width, sigma, new CounterRandom(3));
            new Span<double>((void*)across, height * width).ToArray().Should().Equal(expectedAcross, "{0} x {1}", height, width);
            new Span<double>((void*)down, height * width).ToArray().Should().Equal(expectedDown, "{0} x {1}", height, width);
        }
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        double[] alone = On(1);
        On(2).Should().Equal(alone);
        On(8).Should().Equal(alone);

        static unsafe double[] On(int threads)
        {
            const int Side = 64;
            using ThreadLimit.Scope scope = ThreadLimit.Enter(threads);
            return new Span<double>((void*)ElasticField.Draw(Side, Side, 4, new CounterRandom(1)).Down, Side * Side).ToArray();
        }
    }

    internal static (double[] Across, double[] Down) Twin(int height, int width, double sigma, Random random)
    {
        int radius = (int)((4 * sigma) + 0.5);
        double[] gaussian = [.. Enumerable.Range(-radius, (2 * radius) + 1).Select(i => Elementary.Exp(-0.5 * i * i / (sigma * sigma)))];
        double sum = 0;
        foreach (double value in gaussian)
            sum += value;
        gaussian = [.. gaussian.Select(value => value / sum)];
        return (Field(), Field());

        double[] Field()
        {
            double[] drawn = [.. Enumerable.Range(0, height * width).Select(_ => (2 * random.NextDouble()) - 1)];
            return Smooth(Smooth(drawn, 1, 0), 0, 1);
        }

        double[] Smooth(double[] field, int down, int right) => [.. Enumerable.Range(0, field.Length).Select(i =>
        {
            double total = 0;
            for (int tap = -radius; tap <= radius; tap++)
            {
                int row = (i / width) + (tap * down), column = (i % width) + (tap * right);
                bool isInside = row >= 0 && row < height && column >= 0 && column < width;
                total = Math.FusedMultiplyAdd(gaussian[tap + radius], isInside ? field[(row * width) + column] : 0, total);
            }

            return total;
        })];
    }
}
