using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>A convolution and the pooling behind it at once, against one after the other, to the bit.</summary>
[Collection(RunsAlone.Name)]
public class PooledConvolutionTests
{
    // A convolution as in ConvolveTests, and the pooling's kernel and stride along height and width.
    public static TheoryData<string, int, int, int, int> Shapes => new()
    {
        { "1 30 1 | 12 5 1 1 0 0 | 12 5 1 1 0 0", 2, 2, 2, 2 },
        { "3 7 1 | 6 3 1 1 1 1 | 7 3 1 1 1 1", 2, 2, 2, 2 },
        { "4 6 2 | 9 3 1 2 2 2 | 10 3 3 2 1 0", 3, 3, 1, 1 },
        { "2 34 2 | 7 3 2 1 1 1 | 8 2 2 1 0 1", 2, 2, 1, 2 },
        { "5 5 5 | 8 3 1 1 1 1 | 9 3 1 1 1 1", 2, 3, 3, 3 },
        { "1 2 1 | 2 2 1 1 4 4 | 2 2 1 1 5 4", 4, 4, 2, 2 },
        { "2 3 1 | 4 4 1 1 0 0 | 5 5 1 1 0 0", 1, 1, 1, 1 },

        // A single window along one axis or both, with outputs behind it and without.
        { "1 3 1 | 4 3 1 1 0 0 | 5 2 1 1 0 0", 2, 2, 4, 1 },
        { "1 3 1 | 7 3 1 1 0 0 | 6 2 1 1 0 0", 2, 4, 3, 3 },
        { "2 3 1 | 7 3 1 1 0 0 | 6 2 1 1 0 0", 2, 2, 5, 5 },
        { "16 16 1 | 6 3 1 1 0 0 | 8 3 1 1 0 0", 2, 2, 2, 2 },
        { "17 19 1 | 6 3 1 1 1 1 | 4 3 1 1 1 1", 2, 2, 2, 2 },
        { "32 34 2 | 5 3 1 1 2 1 | 6 3 1 1 1 1", 2, 2, 2, 2 },
        { "16 90 1 | 6 3 1 1 0 0 | 6 3 1 1 0 0", 2, 2, 2, 2 },
        { "16 16 1 | 4 3 1 1 1 1 | 140 3 1 1 1 1", 2, 2, 2, 2 },
        { "16 19 1 | 12 3 1 1 1 1 | 18 3 1 1 0 0", 2, 2, 2, 2 },
        { "32 34 2 | 14 3 1 1 0 0 | 12 3 1 1 1 1", 2, 2, 2, 2 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Both_directions_have_the_bits_of_one_layer_after_the_other(string convolution, int height, int stepDown, int width, int stepAcross)
    {
        ConvolutionShape shape = ConvolveTests.Shape(convolution);
        var pool = new PoolShape(Axis(shape.Rows.Output, height, stepDown), Axis(shape.Columns.Output, width, stepAcross));
        for (int threads = 1; threads <= 3; threads++)
        {
            using ThreadLimit.Scope limit = ThreadLimit.Enter(threads);
            foreach (int samples in (int[])[1, 2, 7, 8, 15, 16, 17, 33, 100])
            {
                Check<float>(shape, pool, samples);
                Check<double>(shape, pool, samples);
            }
        }
    }

    [Fact]
    public void Windows_that_share_outputs_or_hang_over_or_are_no_tiles_are_left_to_the_pooling()
    {
        ConvolutionShape direct = ConvolveTests.Shape("1 3 1 | 9 2 1 1 0 0 | 9 2 1 1 0 0"), tiled = ConvolveTests.Shape("16 16 1 | 9 3 1 1 1 1 | 8 3 1 1 1 1"), large = ConvolveTests.Shape("16 16 1 | 16 3 1 1 1 1 | 14 3 1 1 1 1");
        CanPool(direct, Axis(8, 2, 2), Axis(8, 2, 2)).Should().BeTrue();
        CanPool(direct, Axis(8, 3, 2), Axis(8, 2, 2)).Should().BeFalse();
        CanPool(direct, Axis(8, 2, 2), Axis(8, 2, 2) with { Padding = 1 }).Should().BeFalse();
        CanPool(direct, Axis(8, 2, 2) with { Dilation = 2, Output = 3 }, Axis(8, 2, 2)).Should().BeFalse();
        CanPool(tiled, Axis(9, 2, 2), Axis(8, 2, 2)).Should().BeFalse("the last row of tiles is half a window");
        CanPool(tiled, Axis(9, 3, 3), Axis(8, 2, 2)).Should().BeFalse();
        CanPool(large, Axis(16, 2, 2), Axis(14, 2, 2)).Should().BeFalse("the last column of large tiles is half beside the image");

        static bool CanPool(ConvolutionShape shape, WindowAxis rows, WindowAxis columns) => Convolve.CanPool<float>(shape, new PoolShape(rows, columns), 100);
    }

    // As a layer's: from a single output there is no step to the next.
    private static WindowAxis Axis(int input, int kernel, int stride)
    {
        int output = ((input - kernel) / stride) + 1;
        return new(input, output, kernel, output == 1 ? 1 : stride, 1, 0);
    }

    private static void Check<T>(ConvolutionShape shape, PoolShape pool, int samples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int pooledSize = shape.OutputChannels * pool.Rows.Output * pool.Columns.Output;
        T[] x = Coarse<T>(samples * shape.InputSize, seed: 1), w = Coarse<T>(shape.WeightCount, seed: 2), b = Coarse<T>(shape.OutputChannels, seed: 3), dy = Coarse<T>(samples * pooledSize, seed: 4);
        x[x.Length / 2] = T.NaN;
        MatrixSpan<T> input = new(x, samples, shape.InputSize), gradient = new(dy, samples, pooledSize);

        T[] y = new T[samples * shape.OutputSize], largest = new T[dy.Length], places = new T[dy.Length];
        Convolve.Forward(shape, input, w, b, new(y, samples, shape.OutputSize));
        MaxPool.Forward(pool.ToOutput, shape.OutputChannels, new(y, samples, shape.OutputSize), new(largest, samples, pooledSize), places);
        if (Convolve.CanPool<T>(shape, pool, samples))
        {
            T[] pooled = new T[dy.Length], found = new T[dy.Length];
            Convolve.ForwardPooled(shape, pool, input, w, b, new(pooled, samples, pooledSize), found);
            pooled.Should().Equal(largest, Same);
            found.Should().Equal(places, Same);
            Array.Fill(pooled, T.NaN);
            Convolve.ForwardPooled(shape, pool, input, w, b, new(pooled, samples, pooledSize), found, packed: Convolve.Pack<T>(shape, w));
            pooled.Should().Equal(largest, Same);
            found.Should().Equal(places, Same);
            Convolve.ForwardPooled(shape, pool, input, w, b, new(pooled, samples, pooledSize), found, rectifies: true);
            pooled.Should().Equal(largest.Select(value => value <= T.Zero ? T.Zero : value), Same);
            found.Should().Equal(places.Select((place, i) => largest[i] <= T.Zero ? T.CreateTruncating(MaxPool.NoPlace) : place), Same);
            places = found;
        }
        else
        {
            samples.Should().BeLessThan(16, "only small batches are not pooled at once");
        }

        if (!Convolve.CanUnpool(shape, pool))
            return;
        T[] dw = new T[w.Length], db = new T[b.Length], pooledDw = new T[w.Length], pooledDb = new T[b.Length];
        MaxPool.Backward(pool.ToInput, shape.OutputChannels, gradient, places, new(y, samples, shape.OutputSize));
        Convolve.WeightGradient(shape, input, new(y, samples, shape.OutputSize), dw, db);
        Convolve.WeightGradientPooled(shape, pool, input, gradient, places, pooledDw, pooledDb);
        pooledDw.Should().Equal(dw, Same);
        pooledDb.Should().Equal(db, Same);
    }

    // Of few values, so that windows have several largest ones.
    private static T[] Coarse<T>(int count, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new CounterRandom((ulong)seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.Next(-2, 3)))];
    }

    private static bool Same<T>(T one, T other)
        where T : unmanaged, IFloatingPointIeee754<T> => T.IsNaN(one) ? T.IsNaN(other) : one == other && T.IsNegative(one) == T.IsNegative(other);
}
