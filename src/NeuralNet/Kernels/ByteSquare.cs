using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>Sixteen bytes of each of sixteen samples at once: transposed in registers, and scaled into sixteen columns of floats.</summary>
internal static unsafe class ByteSquare
{
    /// <summary>The number of samples and of bytes.</summary>
    public const int Side = 16;

    private const int BytesPerWord = 4;

    public static bool IsSupported => Avx2.IsSupported && Fma.IsSupported;

    /// <summary>Byte p of sample s, scaled, becomes number s of column p.</summary>
    /// <param name="samples">Where each sample's first byte is.</param>
    /// <param name="place">What is added to that.</param>
    /// <param name="scale">What a byte is multiplied by.</param>
    /// <param name="columns">The first column.</param>
    /// <param name="step">From column to column.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Scale(byte** samples, nint place, ByteScale scale, float* columns, nint step)
    {
        if (Avx512F.IsSupported)
        {
            Sixteen(samples, place, scale, columns, step);
        }
        else
        {
            Eight(samples, place, scale, columns, step);
            Eight(samples + 8, place, scale, columns + 8, step);
        }
    }

    // The bytes are four words of four. Quarter q of lines i is sample 4q + i, so that a transpose of four words by four samples within the quarters leaves
    // word w of all sixteen samples, in order, in register w; its bytes are shifted out of it one after another.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sixteen(byte** samples, nint place, ByteScale scale, float* columns, nint step)
    {
        Vector512<int> lines0 = Quarters(samples, place), lines1 = Quarters(samples + 1, place), lines2 = Quarters(samples + 2, place), lines3 = Quarters(samples + 3, place);
        Vector512<long> low01 = Avx512F.UnpackLow(lines0, lines1).AsInt64(), high01 = Avx512F.UnpackHigh(lines0, lines1).AsInt64();
        Vector512<long> low23 = Avx512F.UnpackLow(lines2, lines3).AsInt64(), high23 = Avx512F.UnpackHigh(lines2, lines3).AsInt64();
        nint next = BytesPerWord * step;
        Store(Avx512F.UnpackLow(low01, low23).AsInt32(), scale, columns, step);
        Store(Avx512F.UnpackHigh(low01, low23).AsInt32(), scale, columns + next, step);
        Store(Avx512F.UnpackLow(high01, high23).AsInt32(), scale, columns + (2 * next), step);
        Store(Avx512F.UnpackHigh(high01, high23).AsInt32(), scale, columns + (3 * next), step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Quarters(byte** samples, nint place) => Vector512.Create(Halves(samples, place), Halves(samples + 8, place));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<int> words, ByteScale scale, float* columns, nint step)
    {
        Vector512<int> lowest = Vector512.Create((int)byte.MaxValue);
        Scaled(words & lowest, scale).Store(columns);
        Scaled((words >>> 8) & lowest, scale).Store(columns + step);
        Scaled((words >>> 16) & lowest, scale).Store(columns + (2 * step));
        Scaled(words >>> 24, scale).Store(columns + (3 * step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Scaled(Vector512<int> bytes, ByteScale scale)
    {
        Vector512<float> values = Avx512F.ConvertToVector512Single(bytes);
        return Avx512F.FusedMultiplyAdd(values, Vector512.Create(scale.High), values * Vector512.Create(scale.Low));
    }

    // The same with two halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(byte** samples, nint place, ByteScale scale, float* columns, nint step)
    {
        Vector256<int> lines0 = Halves(samples, place), lines1 = Halves(samples + 1, place), lines2 = Halves(samples + 2, place), lines3 = Halves(samples + 3, place);
        Vector256<long> low01 = Avx2.UnpackLow(lines0, lines1).AsInt64(), high01 = Avx2.UnpackHigh(lines0, lines1).AsInt64();
        Vector256<long> low23 = Avx2.UnpackLow(lines2, lines3).AsInt64(), high23 = Avx2.UnpackHigh(lines2, lines3).AsInt64();
        nint next = BytesPerWord * step;
        Store(Avx2.UnpackLow(low01, low23).AsInt32(), scale, columns, step);
        Store(Avx2.UnpackHigh(low01, low23).AsInt32(), scale, columns + next, step);
        Store(Avx2.UnpackLow(high01, high23).AsInt32(), scale, columns + (2 * next), step);
        Store(Avx2.UnpackHigh(high01, high23).AsInt32(), scale, columns + (3 * next), step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Halves(byte** samples, nint place) =>
        Vector256.Create(Vector128.Load((int*)(samples[0] + place)), Vector128.Load((int*)(samples[4] + place)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> words, ByteScale scale, float* columns, nint step)
    {
        Vector256<int> lowest = Vector256.Create((int)byte.MaxValue);
        Scaled(words & lowest, scale).Store(columns);
        Scaled((words >>> 8) & lowest, scale).Store(columns + step);
        Scaled((words >>> 16) & lowest, scale).Store(columns + (2 * step));
        Scaled(words >>> 24, scale).Store(columns + (3 * step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Scaled(Vector256<int> bytes, ByteScale scale)
    {
        Vector256<float> values = Avx.ConvertToVector256Single(bytes);
        return Fma.MultiplyAdd(values, Vector256.Create(scale.High), values * Vector256.Create(scale.Low));
    }
}
