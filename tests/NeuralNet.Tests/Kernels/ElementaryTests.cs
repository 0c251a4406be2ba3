using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NeuralNet.Kernels;
using Xunit.Abstractions;

namespace NeuralNet.Tests;

/// <summary>The elementary functions: how exact they are, that every width gives the same bits, and what they make of numbers that are none.</summary>
public class ElementaryTests(ITestOutputHelper output)
{
    private const double Infinity = double.PositiveInfinity;

    /// <summary>Every so many-th of all floats.</summary>
    private static readonly uint Step = Emulation.IsOn ? 50021u : 509u;

    // x and what the function makes of it, in both precisions.
    private static readonly Dictionary<string, (double X, double Y)[]> Special = new()
    {
        ["exp"] = [(-Infinity, 0.0), (Infinity, Infinity), (1000, Infinity), (-1000, 0.0), (0.0, 1), (-0.0, 1)],
        ["expm1"] = [(-Infinity, -1), (Infinity, Infinity), (0.0, 0.0), (-0.0, -0.0)],
        ["log"] = [(0.0, -Infinity), (-0.0, -Infinity), (1, 0.0), (-1, double.NaN), (-Infinity, double.NaN), (Infinity, Infinity)],
        ["log1p"] = [(-1, -Infinity), (-2, double.NaN), (-Infinity, double.NaN), (Infinity, Infinity), (0.0, 0.0), (-0.0, -0.0)],
        ["tanh"] = [(-Infinity, -1), (Infinity, 1), (0.0, 0.0), (-0.0, -0.0)],
        ["sigmoid"] = [(-Infinity, 0.0), (Infinity, 1), (0.0, 0.5), (-0.0, 0.5)],
        ["erf"] = [(-Infinity, -1), (Infinity, 1), (0.0, 0.0), (-0.0, -0.0)],
        ["sin"] = [(Infinity, double.NaN), (-Infinity, double.NaN), (1048577, double.NaN), (0.0, 0.0), (-0.0, -0.0)],
        ["cos"] = [(Infinity, double.NaN), (-Infinity, double.NaN), (1048577, double.NaN), (0.0, 1), (-0.0, 1)],
    };

    [Theory, MemberData(nameof(ElementaryCases.Names), MemberType = typeof(ElementaryCases))]
    public void In_float_at_most_2_ulp_are_wrong_over_the_whole_range(string name)
    {
        ElementaryCase row = ElementaryCases.Row(name);
        double worst = 0;
        float at = 0;
        foreach (float[] x in Floats(row.Edges).Chunk(4096))
        {
            var y = new float[x.Length];
            row.Many<float>(x, y);
            for (int i = 0; i < x.Length; i++)
            {
                double error = Error(y[i], row.Reference(x[i]));
                if (!(error <= worst))
                    (worst, at) = (error, x[i]);
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} in float: at most {worst:F3} ulp, at {at:R}"));
        worst.Should().BeLessThanOrEqualTo(2, "{0}({1:R}) is {2:R}", name, at, row.One(at));
    }

    [Theory, MemberData(nameof(ElementaryCases.Names), MemberType = typeof(ElementaryCases))]
    public void In_double_at_most_4_ulp_are_wrong(string name)
    {
        ElementaryCase row = ElementaryCases.Row(name);
        double worst = 0, at = 0;
        foreach ((double x, double nearest, double rest) in Golden(name))
        {
            double error = Error(row.One(x), nearest, rest);
            if (!(error <= worst))
                (worst, at) = (error, x);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} in double: at most {worst:F3} ulp, at {at:R}"));
        worst.Should().BeLessThanOrEqualTo(4, "{0}({1:R}) is {2:R}", name, at, row.One(at));
    }

    [Theory, MemberData(nameof(ElementaryCases.Names), MemberType = typeof(ElementaryCases))]
    public void Every_width_gives_the_bits_of_one_lane(string name)
    {
        ElementaryCase row = ElementaryCases.Row(name);
        Check<Simd512<float>, float>();
        Check<Simd256<float>, float>();
        Check<Simd128<float>, float>();
        Check<Simd512<double>, double>();
        Check<Simd256<double>, double>();
        Check<Simd128<double>, double>();

        void Check<V, T>()
            where V : struct, ISimd<V, T>
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T[] x = AnyBits<T>(5000), expected = [.. x.Select(row.One)];
            for (int length = 0; length <= (4 * V.Width) + 3; length++)
                Compare(length);
            Compare(x.Length);

            void Compare(int length)
            {
                T[] one = new T[length], many = new T[length];
                row.Many<V, T>(x.AsSpan(0, length), one);
                row.Many<T>(x.AsSpan(0, length), many);
                for (int i = 0; i < length; i++)
                {
                    if (!SameBits(one[i], expected[i]) || !SameBits(many[i], expected[i]))
                        one[i].Should().Be(expected[i], "{0}({1:R}) has the same bits in {2}, also by the driver, which gives {3:R}", name, x[i], typeof(V).Name, many[i]);
                }
            }
        }
    }

    [Theory, MemberData(nameof(ElementaryCases.Names), MemberType = typeof(ElementaryCases))]
    public void Infinities_zeros_and_what_has_no_value(string name)
    {
        ElementaryCase row = ElementaryCases.Row(name);
        foreach ((double x, double expected) in Special[name])
        {
            SameBits(row.One(x), expected).Should().BeTrue("{0}({1:R}) should be {2:R} and is {3:R}", name, x, expected, row.One(x));
            SameBits(row.One((float)x), (float)expected).Should().BeTrue("{0}({1:R}) should be {2:R} and is {3:R}", name, x, expected, row.One((float)x));
        }

        row.One(double.NaN).Should().Be(double.NaN);
        row.One(float.NaN).Should().Be(float.NaN);
    }

    // The fingerprint was taken with AVX-512; it is the same without, and where fused multiply-add is emulated.
    [Fact]
    public void Every_machine_gives_these_bits()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ElementaryCase row in ElementaryCases.All)
        {
            Append<float>(row);
            Append<double>(row);
        }

        Convert.ToHexStringLower(hash.GetHashAndReset()).Should().Be("5d17090ee4b1b29dea43175cac018292971accaab0ebb7c50d47c8a67e076eaf");

        void Append<T>(ElementaryCase row)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T[] x = AnyBits<T>(5000), y = new T[x.Length];
            row.Many<T>(x, y);

            // The payload of a NaN is no number's business.
            for (int i = 0; i < y.Length; i++)
                y[i] = T.IsNaN(y[i]) ? T.NaN : y[i];
            hash.AppendData(MemoryMarshal.AsBytes<T>(y));
        }
    }

    [Fact]
    public void Every_function_of_the_library_has_a_row() =>
        typeof(Elementary).GetMethods().Where(method => method.IsGenericMethod).Select(method => method.Name.Replace("P1", "1P", StringComparison.Ordinal).ToLowerInvariant())
            .Distinct().Should().BeEquivalentTo(ElementaryCases.All.Select(row => row.Name));

    // A dense sample of all bit patterns, NaN among them, and all those around the edges.
    private static IEnumerable<float> Floats(IReadOnlyList<double> edges)
    {
        for (ulong bits = 0; bits <= uint.MaxValue; bits += Step)
            yield return BitConverter.UInt32BitsToSingle((uint)bits);
        foreach (double edge in edges.Concat([0.0, -0.0, 1, -1, 1.17549435e-38, -1.17549435e-38, float.MaxValue, float.MinValue]))
        {
            uint middle = BitConverter.SingleToUInt32Bits((float)edge);
            for (uint i = 0; i <= 2000; i++)
                yield return BitConverter.UInt32BitsToSingle(middle - 1000 + i);
        }
    }

    private static T[] AnyBits<T>(int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new CounterRandom(1);
        var bytes = new byte[count * Unsafe.SizeOf<T>()];
        random.NextBytes(bytes);
        T[] values = MemoryMarshal.Cast<byte, T>(bytes).ToArray();

        // First the special ones, then numbers of usual size between those of any.
        T[] special = [T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.Zero, T.NegativeZero, T.Epsilon, -T.Epsilon, T.One, T.NegativeOne];
        special.CopyTo(values, 0);
        for (int i = special.Length; i < count; i += 2)
            values[i] = T.CreateTruncating((random.NextDouble() * 40) - 20);
        return values;
    }

    // x, the double nearest to the true value, and what is left to it, from make_elementary.py (mpmath, 2400 bits).
    private static IEnumerable<(double X, double Nearest, double Remainder)> Golden(string name) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "elementary.csv")).Select(line => line.Split(',')).Where(fields => fields[0] == name)
            .Select(fields => (Number(fields[1]), Number(fields[2]), Number(fields[3])));

    private static double Number(string digits) => BitConverter.UInt64BitsToDouble(ulong.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    // In units of the last place of the float nearest to the true value; what must be exact (NaN, infinities, signed zeros) is right or infinitely wrong.
    private static double Error(float found, double expected)
    {
        float nearest = (float)expected;
        if (!float.IsFinite(nearest) || !float.IsFinite(found) || expected == 0)
            return SameBits(found, nearest) ? 0 : double.PositiveInfinity;
        return Math.Abs(found - expected) / Math.ScaleB(1, Math.Max(Math.ILogB(expected), -126) - 23);
    }

    private static double Error(double found, double nearest, double rest)
    {
        if (!double.IsFinite(nearest) || !double.IsFinite(found) || nearest == 0)
            return SameBits(found, nearest) ? 0 : double.PositiveInfinity;
        int last = Math.Max(Math.ILogB(nearest), -1022) - 52;
        return Math.Abs(Math.ScaleB(found - nearest, -last) - Math.ScaleB(rest, -last));
    }

    private static bool SameBits<T>(T a, T b)
        where T : unmanaged, IFloatingPointIeee754<T> => T.IsNaN(a) ? T.IsNaN(b) : a == b && T.IsNegative(a) == T.IsNegative(b);
}
