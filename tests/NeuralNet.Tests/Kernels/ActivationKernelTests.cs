using System.Globalization;
using NeuralNet.Kernels;
using Xunit.Abstractions;

namespace NeuralNet.Tests;

/// <summary>The activations made of exponentials: how exact they are and that every width gives the same bits; and the kernels that are no function of one number.</summary>
public class ActivationKernelTests(ITestOutputHelper output)
{
    private const int Longest = (4 * 16) + 3;

    private static readonly Row[] Rows =
    [
        Row.Of("elu", new EluOperator<double>(1, 1), new EluOperator<float>(1, 1)),
        Row.Of("selu", new EluOperator<double>(1.0507009873554805, 1.7580993408473768599), new EluOperator<float>(1.0507009873554805f, 1.7580993408473768599f)),
        Row.Of("gelu", default(GeluOperator<double>), default(GeluOperator<float>)),
        Row.Of("gelu tanh", default(GeluTanhOperator<double>), default(GeluTanhOperator<float>)),
        Row.Of("silu", default(SiluOperator<double>), default(SiluOperator<float>)),
        Row.Of("softplus", new SoftplusOperator<double>(1, double.PositiveInfinity), new SoftplusOperator<float>(1, float.PositiveInfinity)),
        Row.Of("softplus 2.3", new SoftplusOperator<double>(2.3, double.PositiveInfinity), new SoftplusOperator<float>(2.3f, float.PositiveInfinity)),
    ];

    public static TheoryData<string> Names => [.. Rows.Select(row => row.Name)];

    [Theory, MemberData(nameof(Names))]
    public void In_double_at_most_6_ulp_of_a_value_and_a_slope_are_wrong(string name)
    {
        // activations.csv: make_activations.py, mpmath with 400 bits.
        (double X, double Y, double Slope)[] golden = [.. Golden(name)];
        (double[] y, double[] slopes) = Rows.Single(row => row.Name == name).Double([.. golden.Select(line => line.X)]);
        Compare(golden.Select(line => line.X), y, golden.Select(line => line.Y), slopes, golden.Select(line => line.Slope), bits: 52, least: -1022);
    }

    // Double is far more exact than float needs; 2.3 is another number there.
    [Theory, MemberData(nameof(Names))]
    public void In_float_at_most_6_ulp_are_wrong_over_the_whole_range(string name)
    {
        if (name == "softplus 2.3")
            return;
        Row row = Rows.Single(row => row.Name == name);
        float[] x = [.. Floats()];
        (float[] y, float[] slopes) = row.Single(x);
        (double[] exact, double[] exactSlopes) = row.Double([.. x.Select(value => (double)value)]);
        y.Concat(slopes).Should().NotContain(value => float.IsNaN(value));
        Compare(x.Select(value => (double)value), [.. y.Select(value => (double)value)], exact, [.. slopes.Select(value => (double)value)], exactSlopes, bits: 23, least: -126);
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_length_gives_the_bits_of_one_lane(string name)
    {
        Row row = Rows.Single(row => row.Name == name);
        for (int length = 0; length <= Longest; length++)
        {
            double[] x = Numbers<double>(length, seed: length);
            (double[] y, double[] slopes) = row.Double(x);
            float[] single = Numbers<float>(length, seed: length);
            (float[] singleY, float[] singleSlopes) = row.Single(single);
            for (int i = 0; i < length; i++)
            {
                (double[] Y, double[] Slopes) alone = row.Double([x[i]]);
                (float[] Y, float[] Slopes) singleAlone = row.Single([single[i]]);
                (SameBits(y[i], alone.Y[0]) && SameBits(slopes[i], alone.Slopes[0])).Should().BeTrue("{0}({1:R}) is {2:R}", name, x[i], y[i]);
                (SameBits(singleY[i], singleAlone.Y[0]) && SameBits(singleSlopes[i], singleAlone.Slopes[0])).Should().BeTrue("{0}({1:R}) is {2:R}", name, single[i], singleY[i]);
                double.IsNaN(y[i]).Should().Be(double.IsNaN(x[i]));
            }
        }
    }

    [Fact]
    public void Above_its_threshold_softplus_is_the_line()
    {
        (double[] y, double[] slopes) = Row.Of("softplus", new SoftplusOperator<double>(2, 3), new SoftplusOperator<float>(2, 3)).Double([1.5, Math.BitIncrement(1.5), 2, 1e300, double.PositiveInfinity]);

        y[1..].Should().Equal(Math.BitIncrement(1.5), 2, 1e300, double.PositiveInfinity);
        slopes[1..].Should().AllBeEquivalentTo(1.0);
        (y[0] > 1.5 && slopes[0] < 1).Should().BeTrue();
    }

    [Fact]
    public void Logarithms_of_a_softmax_are_exact_however_near_0_or_far_they_are()
    {
        foreach ((double x, double first, double second) in Golden("logsoftmax"))
        {
            double[] y = new double[2];
            LogSoftmaxKernel.Forward<double>(new([0, x], 1, 2), new(y, 1, 2));
            Math.Abs(y[0] - first).Should().BeLessThanOrEqualTo(Math.Abs(first) * 4 * Math.Pow(2, -52), "of 0 and {0:R}, the first", x);
            Math.Abs(y[1] - second).Should().BeLessThanOrEqualTo(Math.Abs(second) * 4 * Math.Pow(2, -52), "of 0 and {0:R}, the second", x);
        }
    }

    [Fact]
    public void Log_softmax_is_that_of_plain_loops_to_the_bit()
    {
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            const int Columns = 4;
            for (int rows = 0; rows <= Longest; rows++)
            {
                T[] x = Numbers<T>(rows * Columns, seed: rows), dy = Numbers<T>(rows * Columns, seed: rows + 1), y = new T[x.Length], dx = new T[x.Length];
                LogSoftmaxKernel.Forward<T>(new(x, rows, Columns), new(y, rows, Columns));
                LogSoftmaxKernel.Backward<T>(new(y, rows, Columns), new(dy, rows, Columns), new(dx, rows, Columns));
                for (int row = 0; row < rows; row++)
                {
                    int[] places = [.. Enumerable.Range(0, Columns).Select(column => row + (column * rows))];
                    T maximum = x[row];
                    foreach (int i in places)
                        maximum = T.Max(maximum, x[i]);
                    T top = LongSumTests.Plain([.. places.Select(i => x[i] - maximum < T.Zero ? T.Zero : Elementary.Exp(x[i] - maximum))]);
                    T below = LongSumTests.Plain([.. places.Select(i => x[i] - maximum < T.Zero ? Elementary.Exp(x[i] - maximum) : T.Zero)]);
                    T logSum = Elementary.LogP1(top - T.One + below), sum = LongSumTests.Plain([.. places.Select(i => dy[i])]);
                    foreach (int i in places)
                    {
                        SameBits(y[i], x[i] - maximum - logSum).Should().BeTrue("y is {0}", y[i]);
                        SameBits(dx[i], dy[i] - (Elementary.Exp(y[i]) * sum)).Should().BeTrue("dx is {0}", dx[i]);
                    }
                }
            }
        }
    }

    [Fact]
    public void Learned_slopes_are_those_of_plain_loops_to_the_bit()
    {
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            const int Channels = 3;
            for (int length = 0; length <= Longest; length++)
            {
                T[] x = Numbers<T>(length * Channels, seed: length), dy = Numbers<T>(length * Channels, seed: length + 1), slopes = [T.CreateTruncating(0.25), T.CreateTruncating(-1.5), T.Zero];
                T[] y = new T[x.Length], dx = new T[x.Length], terms = new T[x.Length];
                PReluKernel.Forward(x, slopes, y);
                PReluKernel.Backward(x, slopes, dy, dx);
                PReluKernel.SlopeTerms(x, dy, terms);
                for (int i = 0; i < x.Length; i++)
                {
                    T slope = slopes[i / length];
                    SameBits(y[i], x[i] < T.Zero ? slope * x[i] : x[i]).Should().BeTrue("y is {0}", y[i]);
                    SameBits(dx[i], x[i] <= T.Zero ? slope * dy[i] : dy[i]).Should().BeTrue("dx is {0}", dx[i]);
                    SameBits(terms[i], x[i] > T.Zero ? T.Zero : x[i] * dy[i]).Should().BeTrue("the term is {0}", terms[i]);
                }
            }
        }
    }

    private static IEnumerable<(double X, double Y, double Slope)> Golden(string name) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "activations.csv")).Select(line => line.Split(',')).Where(fields => fields[0] == name)
            .Select(fields => (Number(fields[1]), Number(fields[2]), Number(fields[3])));

    private static double Number(string digits) => BitConverter.UInt64BitsToDouble(ulong.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    // Every so many-th of all finite floats.
    private static IEnumerable<float> Floats()
    {
        uint step = Emulation.IsOn ? 4_000_037u : 50_021u;
        for (ulong bits = 0; bits <= uint.MaxValue; bits += step)
        {
            float x = BitConverter.UInt32BitsToSingle((uint)bits);
            if (float.IsFinite(x))
                yield return x;
        }
    }

    private static T[] Numbers<T>(int length, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] special = [T.Zero, T.NegativeZero, T.NaN, T.One, T.Epsilon, -T.Epsilon, T.CreateTruncating(1e30), T.CreateTruncating(-1e30), T.PositiveInfinity, T.NegativeInfinity];
        var random = new CounterRandom((ulong)seed);
        return [.. Enumerable.Range(0, length).Select(i => random.Next(6) == 0 ? special[random.Next(special.Length)] : T.CreateTruncating((random.NextDouble() * 30) - 15))];
    }

    private static bool SameBits<T>(T a, T b)
        where T : unmanaged, IFloatingPointIeee754<T> => T.IsNaN(a) ? T.IsNaN(b) : a == b && T.IsNegative(a) == T.IsNegative(b);

    // In units of the last place of the true value. A slope that passes 0 is a difference of terms as large as y/x, and counts as that. Where an exponential is no normal number
    // any more, neither are its digits there: products with it count as 2^16 times the smallest normal number at least.
    private void Compare(IEnumerable<double> x, double[] y, IEnumerable<double> exactY, double[] slopes, IEnumerable<double> exactSlopes, int bits, int least)
    {
        (double Error, double X) worst = (0, 0), worstSlope = (0, 0);
        foreach ((double at, double found, double exact, (double foundSlope, double exactSlope)) in x.Zip(y, exactY).Zip(slopes.Zip(exactSlopes), (a, b) => (a.First, a.Second, a.Third, b)))
        {
            worst = Larger(worst, (Error(found, exact, 0), at));
            worstSlope = Larger(worstSlope, (Error(foundSlope, exactSlope, at == 0 ? 0 : exact / at), at));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"at most {worst.Error:F2} ulp of a value, at {worst.X:R}, and {worstSlope.Error:F2} of a slope, at {worstSlope.X:R}"));
        worst.Error.Should().BeLessThanOrEqualTo(6, "at {0:R}", worst.X);
        worstSlope.Error.Should().BeLessThanOrEqualTo(6, "at {0:R}", worstSlope.X);

        static (double Error, double X) Larger((double Error, double X) a, (double Error, double X) b) => b.Error <= a.Error ? a : b;

        double Error(double found, double exact, double term)
        {
            if (found == exact || (!float.IsFinite((float)exact) && bits == 23 && double.IsInfinity(found)))
                return 0;
            return Math.Abs(found - exact) / Math.ScaleB(1, Math.ILogB(Math.Max(Math.Max(Math.Abs(exact), Math.Abs(term)), Math.ScaleB(1, least + 16))) - bits);
        }
    }

    private sealed record Row(string Name, Func<double[], (double[] Y, double[] Slopes)> Double, Func<float[], (float[] Y, float[] Slopes)> Single)
    {
        public static Row Of<TDouble, TSingle>(string name, TDouble inDouble, TSingle inSingle)
            where TDouble : unmanaged, IElementwiseOperator<double>
            where TSingle : unmanaged, IElementwiseOperator<float> => new(name, x => Run(inDouble, x), x => Run(inSingle, x));

        private static (T[] Y, T[] Slopes) Run<T, TOperator>(TOperator f, T[] x)
            where T : unmanaged, IFloatingPointIeee754<T>
            where TOperator : unmanaged, IElementwiseOperator<T>
        {
            T[] y = new T[x.Length], slopes = new T[x.Length], ones = new T[x.Length];
            Array.Fill(ones, T.One);
            Elementwise.Forward<T, TOperator>(f, x, y);
            Elementwise.Backward<T, TOperator>(f, x, y, ones, slopes);
            return (y, slopes);
        }
    }
}
