using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>Sixteen bytes of each of sixteen samples at once: transposed in registers, and scaled into sixteen columns of floats.</summary>
internal static unsafe class ByteSquare
{
    /// <summary>The number of samples and of bytes.</summary>
    public const int Side = 16;

    public static bool IsSupported => Avx2.IsSupported && Fma.IsSupported;

    /// <summary>Byte p of sample s, scaled, becomes number s of column p.</summary>
    /// <param name="samples">Where each sample's first byte is.</param>
    /// <param name="scale">What a byte is multiplied by.</param>
    /// <param name="columns">The first column.</param>
    /// <param name="step">From column to column.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Scale(byte** samples, ByteScale scale, float* columns, nint step)
    {
        // Neighbours are interleaved as bytes, then as pairs, fours and eights: after four rounds a register holds one place of all samples. Lines that are 8 apart
        // meet first, so that the samples come out in order.
        Vector128<byte>* a = stackalloc Vector128<byte>[Side], b = stackalloc Vector128<byte>[Side];
        for (int i = 0; i < Side; i++)
            a[i] = Vector128.Load(samples[i]);
        Interleave(a, b);
        Interleave(b, a);
        Interleave(a, b);
        Interleave(b, a);
        for (int place = 0; place < Side; place++)
            Store(a[place], scale, columns + (place * step));
    }

    // A perfect shuffle of all bytes: the first half of the registers with the second.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(Vector128<byte>* from, Vector128<byte>* to)
    {
        for (int i = 0; i < Side / 2; i++)
        {
            to[2 * i] = Sse2.UnpackLow(from[i], from[i + (Side / 2)]);
            to[(2 * i) + 1] = Sse2.UnpackHigh(from[i], from[i + (Side / 2)]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<byte> bytes, ByteScale scale, float* column)
    {
        if (Avx512F.IsSupported)
        {
            Vector512<float> values = Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(bytes));
            Avx512F.FusedMultiplyAdd(values, Vector512.Create(scale.High), values * Vector512.Create(scale.Low)).Store(column);
            return;
        }

        Scaled(bytes, scale).Store(column);
        Scaled(Sse2.ShiftRightLogical128BitLane(bytes, 8), scale).Store(column + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Scaled(Vector128<byte> bytes, ByteScale scale)
    {
        Vector256<float> values = Avx.ConvertToVector256Single(Avx2.ConvertToVector256Int32(bytes));
        return Fma.MultiplyAdd(values, Vector256.Create(scale.High), values * Vector256.Create(scale.Low));
    }
}
