using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Poolings against plain loops, to the bit, over batches around the vector widths.</summary>
public class PoolTests
{
    private const int Channels = 3;

    [Theory]
    [InlineData("1 1 1 | 4 2 2 1 0 0 | 6 2 2 1 0 0")]
    [InlineData("1 1 1 | 5 3 1 1 1 1 | 4 2 1 1 0 0")]
    [InlineData("1 1 1 | 9 3 1 2 0 0 | 9 2 2 3 0 0")]
    [InlineData("1 1 1 | 8 3 2 1 0 0 | 9 2 3 2 0 0")]
    [InlineData("1 1 1 | 7 3 2 1 1 1 | 5 2 3 2 0 1")]
    [InlineData("1 1 1 | 4 2 2 1 0 0 | 39 2 2 1 0 0")]
    [InlineData("1 1 1 | 3 2 1 1 0 0 | 52 3 2 1 1 1")]
    public void Every_batch_has_the_bits_of_the_scalar_twin(string shape)
    {
        for (int samples = 1; samples <= 67; samples++)
        {
            Check<float>(ConvolveTests.Shape(shape), samples);
            Check<double>(ConvolveTests.Shape(shape), samples);
        }
    }

    [Fact]
    public void The_largest_of_equal_numbers_is_the_first_and_NaN_is_larger_than_all()
    {
        ConvolutionShape shape = ConvolveTests.Shape("1 1 1 | 1 1 1 1 0 0 | 3 3 1 1 0 0");
        (double[] Numbers, double Place)[] rows =
        [
            ([1, 2, 2], 1), ([0, -0.0, 0], 0), ([double.NaN, 5, 6], 0), ([5, double.NaN, 6], 1), ([5, double.NaN, double.NaN], 1),
            ([double.NegativeInfinity, double.NegativeInfinity, -1], 2), ([double.PositiveInfinity, double.NaN, double.PositiveInfinity], 1),
        ];
        foreach ((double[] numbers, double place) in rows)
        {
            var (y, found) = (new double[1], new double[1]);
            MaxPool.Forward(shape.ToOutput, 1, new MatrixSpan<double>(numbers, 1, 3), new MatrixSpan<double>(y, 1, 1), found);
            found[0].Should().Be(place);
            y[0].Should().Be(numbers[(int)place]);
        }
    }

    private static void Check<T>(ConvolutionShape shape, int samples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int inputs = Channels * shape.InputPlaces, outputs = Channels * shape.OutputPlaces;
        T[] x = Numbers<T>(samples * inputs, seed: 1), dy = Numbers<T>(samples * outputs, seed: 2);
        T[] largest = new T[dy.Length], places = new T[dy.Length], mean = new T[dy.Length], largestGradient = new T[x.Length];
        List<T>[] means = [.. dy.Select(_ => new List<T>())], meanGradients = [.. x.Select(_ => new List<T>())];
        T[] divisors = [.. shape.ToOutput.TapCounts.Select(T.CreateTruncating)];
        for (int i = 0; i < dy.Length; i++)
        {
            (int n, int column) = (i % samples, i / samples);
            (int channel, int row, int across) = (column / shape.OutputPlaces, column % shape.OutputPlaces / shape.Columns.Output, column % shape.Columns.Output);
            int count = 0;
            for (int place = 0; place < shape.KernelPlaces; place++)
            {
                if (Index(channel, row, across, place, n) is { } index)
                {
                    if (count++ == 0 || x[index] > largest[i])
                        (largest[i], places[i]) = (x[index], T.CreateTruncating(place));
                    means[i].Add(x[index]);
                }
            }

            mean[i] = LongSumTests.Plain([.. means[i]]) / T.CreateTruncating(count);
        }

        // In the order of the kernel's places, as an input meets its windows.
        for (int place = 0; place < shape.KernelPlaces; place++)
        {
            for (int i = 0; i < dy.Length; i++)
            {
                (int n, int column) = (i % samples, i / samples);
                (int channel, int row, int across) = (column / shape.OutputPlaces, column % shape.OutputPlaces / shape.Columns.Output, column % shape.Columns.Output);
                if (Index(channel, row, across, place, n) is { } index)
                {
                    largestGradient[index] += places[i] == T.CreateTruncating(place) ? dy[i] : T.Zero;
                    meanGradients[index].Add(dy[i] / divisors[column % shape.OutputPlaces]);
                }
            }
        }

        Framed<T> input = Framed<T>.Input(x), gradient = Framed<T>.Input(dy), y = Framed<T>.Output(dy.Length), found = Framed<T>.Output(dy.Length), dx = Framed<T>.Output(x.Length);
        MaxPool.Forward(shape.ToOutput, Channels, input.Matrix(samples, inputs), y.Matrix(samples, outputs), found.Values);
        y.ShouldHold(largest, "the largest");
        found.ShouldHold(places, "which is the largest");
        y = Framed<T>.Output(dy.Length);
        MaxPool.Forward(shape.ToOutput, Channels, input.Matrix(samples, inputs), y.Matrix(samples, outputs));
        y.ShouldHold(largest, "the largest alone");
        MaxPool.Backward(shape.ToInput, Channels, gradient.Matrix(samples, outputs), found.Values, dx.Matrix(samples, inputs));
        dx.ShouldHold(largestGradient, "the gradient of the largest");

        T[] rectified = [.. largest.Select(value => value <= T.Zero ? T.Zero : value)];
        (y, found) = (Framed<T>.Output(dy.Length), Framed<T>.Output(dy.Length));
        MaxPool.Forward(shape.ToOutput, Channels, input.Matrix(samples, inputs), y.Matrix(samples, outputs), found.Values, rectifies: true);
        y.ShouldHold(rectified, "the Relu of the largest");
        found.ShouldHold([.. places.Select((place, i) => largest[i] <= T.Zero ? T.CreateTruncating(MaxPool.NoPlace) : place)], "which is the largest, if it is above 0");
        y = Framed<T>.Output(dy.Length);
        MaxPool.Forward(shape.ToOutput, Channels, input.Matrix(samples, inputs), y.Matrix(samples, outputs), rectifies: true);
        y.ShouldHold(rectified, "the Relu of the largest alone");
        (y, dx) = (Framed<T>.Output(dy.Length), Framed<T>.Output(x.Length));
        AveragePool.Forward(shape.ToOutput, Channels, input.Matrix(samples, inputs), 0, y.Matrix(samples, outputs));
        y.ShouldHold(mean, "the mean");
        AveragePool.Backward(shape.ToInput, Channels, gradient.Matrix(samples, outputs), divisors, dx.Matrix(samples, inputs));
        dx.ShouldHold([.. meanGradients.Select(terms => LongSumTests.Plain([.. terms]))], "the gradient of the mean");

        int? Index(int channel, int row, int column, int place, int n)
        {
            (int y, int x) = (shape.Rows.InputOf(row, place / shape.Columns.Kernel), shape.Columns.InputOf(column, place % shape.Columns.Kernel));
            return y == WindowAxis.None || x == WindowAxis.None ? null : (((((channel * shape.Rows.Input) + y) * shape.Columns.Input) + x) * samples) + n;
        }
    }

    private static T[] Numbers<T>(int count, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new CounterRandom((ulong)seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.Next(-8, 9) / 2.0))];
    }
}
