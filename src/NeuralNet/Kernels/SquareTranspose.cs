using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>Transposes sixteen lines of sixteen floats in the registers of AVX-512, and stores or uses the result.</summary>
internal static unsafe class SquareTranspose
{
    // So large that a caller which took it in would no longer take in its parts.
    private const MethodImplOptions OutOfLine = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>How far ahead <see cref="MultiplyAdd"/> fetches. With each sixteen places it fetches a whole stretch of one line, so that with the stretch all sixteen lines are there.</summary>
    private const int Stretch = 256;

    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>Place p of line l goes to place l of line p.</summary>
    [MethodImpl(OutOfLine)]
    public static void Store(float* source, nint sourceStep, float* destination, nint destinationStep)
    {
        nint four = 4 * sourceStep;
        var (a0, a1, a2, a3) = FourLines(source, sourceStep);
        var (b0, b1, b2, b3) = FourLines(source + four, sourceStep);
        var (c0, c1, c2, c3) = FourLines(source + (2 * four), sourceStep);
        var (d0, d1, d2, d3) = FourLines(source + (3 * four), sourceStep);
        Store(JoinQuarters(a0, b0, c0, d0), destination, 4 * destinationStep);
        Store(JoinQuarters(a1, b1, c1, d1), destination + destinationStep, 4 * destinationStep);
        Store(JoinQuarters(a2, b2, c2, d2), destination + (2 * destinationStep), 4 * destinationStep);
        Store(JoinQuarters(a3, b3, c3, d3), destination + (3 * destinationStep), 4 * destinationStep);
    }

    /// <summary>
    /// sums += x·b for a few rows x and several groups of sixteen lines, sixteen places at a time: each line is a lane of its group's sums, which take in place after place. The groups take
    /// turns, so that one is transposed while the others' sums, each of which has to wait for its last multiply-add, go on.
    /// </summary>
    /// <param name="x">The factors of the places: in a line of their own for each row.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="groups">Where each group's first line begins.</param>
    /// <param name="count">How many groups.</param>
    /// <param name="step">From line to line.</param>
    /// <param name="first">The first place.</param>
    /// <param name="squares">How many times sixteen places.</param>
    /// <param name="fetchesAhead">Whether to fetch the lines' next stretches, where they are not near.</param>
    /// <param name="sums">For each group, sixteen for each row.</param>
    public static void MultiplyAdd(Operand<float> x, int rows, float** groups, int count, nint step, int first, int squares, bool fetchesAhead, float* sums)
    {
        if (rows == 1 && x.DepthStep == 1)
            MultiplyAdd<On>(x, rows, groups, count, step, first, squares, fetchesAhead, sums);
        else
            MultiplyAdd<Off>(x, rows, groups, count, step, first, squares, fetchesAhead, sums);
    }

    // With a single row, whose factors lie side by side, or any.
    [MethodImpl(OutOfLine)]
    private static void MultiplyAdd<TSingle>(Operand<float> x, int rows, float** groups, int count, nint step, int first, int squares, bool fetchesAhead, float* sums)
        where TSingle : struct, IOption
    {
        rows = TSingle.IsOn ? 1 : rows;
        nint four = 4 * step, next = TSingle.IsOn ? 1 : x.DepthStep;
        for (nint i = 0; i < squares; i++)
        {
            nint place = first + (16 * i);
            for (int group = 0; group < count; group++)
            {
                float* b = groups[group] + place, total = sums + (16 * rows * group);
                if (fetchesAhead)
                    Prefetch(groups[group] + ((i & 15) * step) + first + (16 * (i & ~15)) + Stretch);
                var (a0, a1, a2, a3) = FourLines(b, step);
                var (b0, b1, b2, b3) = FourLines(b + four, step);
                var (c0, c1, c2, c3) = FourLines(b + (2 * four), step);
                var (d0, d1, d2, d3) = FourLines(b + (3 * four), step);
                var (p0, p4, p8, p12) = JoinQuarters(a0, b0, c0, d0);
                var (p1, p5, p9, p13) = JoinQuarters(a1, b1, c1, d1);
                var (p2, p6, p10, p14) = JoinQuarters(a2, b2, c2, d2);
                var (p3, p7, p11, p15) = JoinQuarters(a3, b3, c3, d3);
                float* factors = x.Values + (place * next);
                for (int row = 0; ; factors += x.LineStep, total += 16)
                {
                    Vector512<float> sum = AddFour(factors, next, p0, p1, p2, p3, Vector512.Load(total));
                    sum = AddFour(factors + (4 * next), next, p4, p5, p6, p7, sum);
                    sum = AddFour(factors + (8 * next), next, p8, p9, p10, p11, sum);
                    AddFour(factors + (12 * next), next, p12, p13, p14, p15, sum).Store(total);
                    if (TSingle.IsOn || ++row == rows)
                        break;
                }
            }
        }
    }

    // Lines side by side are more streams than the processor foresees by itself; and memory is read faster by the stretch.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(float* stretch)
    {
        for (int place = 0; place < Stretch; place += 16)
            Sse.Prefetch0(stretch + place);
    }

    // Sixteen places of four lines: quarter q of vector p is place 4q + p of the four.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> Place0, Vector512<float> Place1, Vector512<float> Place2, Vector512<float> Place3) FourLines(float* source, nint step)
    {
        Vector512<float> line0 = Vector512.Load(source), line1 = Vector512.Load(source + step);
        Vector512<float> line2 = Vector512.Load(source + (2 * step)), line3 = Vector512.Load(source + (3 * step));
        Vector512<double> low01 = Avx512F.UnpackLow(line0, line1).AsDouble(), high01 = Avx512F.UnpackHigh(line0, line1).AsDouble();
        Vector512<double> low23 = Avx512F.UnpackLow(line2, line3).AsDouble(), high23 = Avx512F.UnpackHigh(line2, line3).AsDouble();
        return (Avx512F.UnpackLow(low01, low23).AsSingle(), Avx512F.UnpackHigh(low01, low23).AsSingle(),
            Avx512F.UnpackLow(high01, high23).AsSingle(), Avx512F.UnpackHigh(high01, high23).AsSingle());
    }

    // Four vectors of quarters: vector q of the result is quarter q of each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> Quarter0, Vector512<float> Quarter1, Vector512<float> Quarter2, Vector512<float> Quarter3) JoinQuarters(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        const byte Even = 0b10_00_10_00, Odd = 0b11_01_11_01;
        Vector512<float> evenAB = Avx512F.Shuffle4x128(a, b, Even), oddAB = Avx512F.Shuffle4x128(a, b, Odd);
        Vector512<float> evenCD = Avx512F.Shuffle4x128(c, d, Even), oddCD = Avx512F.Shuffle4x128(c, d, Odd);
        return (Avx512F.Shuffle4x128(evenAB, evenCD, Even), Avx512F.Shuffle4x128(oddAB, oddCD, Even),
            Avx512F.Shuffle4x128(evenAB, evenCD, Odd), Avx512F.Shuffle4x128(oddAB, oddCD, Odd));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store((Vector512<float> First, Vector512<float> Second, Vector512<float> Third, Vector512<float> Fourth) vectors, float* destination, nint step)
    {
        vectors.First.Store(destination);
        vectors.Second.Store(destination + step);
        vectors.Third.Store(destination + (2 * step));
        vectors.Fourth.Store(destination + (3 * step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AddFour(float* x, nint step, Vector512<float> p0, Vector512<float> p1, Vector512<float> p2, Vector512<float> p3, Vector512<float> sum)
    {
        sum = Vector512.FusedMultiplyAdd(p0, Vector512.Create(x[0]), sum);
        sum = Vector512.FusedMultiplyAdd(p1, Vector512.Create(x[step]), sum);
        sum = Vector512.FusedMultiplyAdd(p2, Vector512.Create(x[2 * step]), sum);
        return Vector512.FusedMultiplyAdd(p3, Vector512.Create(x[3 * step]), sum);
    }
}
