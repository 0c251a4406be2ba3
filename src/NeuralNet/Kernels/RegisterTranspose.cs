using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>Small transposes between runs of memory, in registers where the machine can: place p of line l goes to place l of line p.</summary>
internal static unsafe class RegisterTranspose
{
    /// <summary>Four lines of four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FourByFour<T>(T* source, nint sourceStep, T* destination, nint destinationStep)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float) && Sse.IsSupported)
            FourByFour((float*)source, sourceStep, (float*)destination, destinationStep);
        else if (typeof(T) == typeof(double) && Avx.IsSupported)
            FourByFour((double*)source, sourceStep, (double*)destination, destinationStep);
        else
            Plain(4, 4, source, sourceStep, destination, destinationStep);
    }

    /// <summary>Eight lines of four, which become four lines of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void EightByFour<T>(T* source, nint sourceStep, T* destination, nint destinationStep)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float) && Avx.IsSupported)
        {
            EightByFour((float*)source, sourceStep, (float*)destination, destinationStep);
            return;
        }

        FourByFour(source, sourceStep, destination, destinationStep);
        FourByFour(source + (4 * sourceStep), sourceStep, destination + 4, destinationStep);
    }

    /// <summary>Sixteen lines of four, which become four lines of sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SixteenByFour<T>(T* source, nint sourceStep, T* destination, nint destinationStep)
        where T : unmanaged
    {
        EightByFour(source, sourceStep, destination, destinationStep);
        EightByFour(source + (8 * sourceStep), sourceStep, destination + 8, destinationStep);
    }

    /// <summary>Sixteen lines of sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SixteenBySixteen<T>(T* source, nint sourceStep, T* destination, nint destinationStep)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float) && SquareTranspose.IsSupported)
        {
            SquareTranspose.Store((float*)source, sourceStep, (float*)destination, destinationStep);
            return;
        }

        for (int place = 0; place < 16; place += 4)
            SixteenByFour(source + place, sourceStep, destination + (place * destinationStep), destinationStep);
    }

    private static void Plain<T>(int lines, int places, T* source, nint sourceStep, T* destination, nint destinationStep)
        where T : unmanaged
    {
        for (int line = 0; line < lines; line++)
        {
            for (int place = 0; place < places; place++)
                destination[(place * destinationStep) + line] = source[(line * sourceStep) + place];
        }
    }

    // Pairs of lines are interleaved, then pairs of pairs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourByFour(float* source, nint sourceStep, float* destination, nint destinationStep)
    {
        Vector128<float> line0 = Vector128.Load(source), line1 = Vector128.Load(source + sourceStep);
        Vector128<float> line2 = Vector128.Load(source + (2 * sourceStep)), line3 = Vector128.Load(source + (3 * sourceStep));
        Vector128<float> low01 = Sse.UnpackLow(line0, line1), high01 = Sse.UnpackHigh(line0, line1);
        Vector128<float> low23 = Sse.UnpackLow(line2, line3), high23 = Sse.UnpackHigh(line2, line3);
        Sse.MoveLowToHigh(low01, low23).Store(destination);
        Sse.MoveHighToLow(low23, low01).Store(destination + destinationStep);
        Sse.MoveLowToHigh(high01, high23).Store(destination + (2 * destinationStep));
        Sse.MoveHighToLow(high23, high01).Store(destination + (3 * destinationStep));
    }

    // Neighbours are interleaved within the halves of 128 bits, then the halves change places.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourByFour(double* source, nint sourceStep, double* destination, nint destinationStep)
    {
        Vector256<double> line0 = Vector256.Load(source), line1 = Vector256.Load(source + sourceStep);
        Vector256<double> line2 = Vector256.Load(source + (2 * sourceStep)), line3 = Vector256.Load(source + (3 * sourceStep));
        Vector256<double> even01 = Avx.UnpackLow(line0, line1), odd01 = Avx.UnpackHigh(line0, line1);
        Vector256<double> even23 = Avx.UnpackLow(line2, line3), odd23 = Avx.UnpackHigh(line2, line3);
        Avx.Permute2x128(even01, even23, 0x20).Store(destination);
        Avx.Permute2x128(odd01, odd23, 0x20).Store(destination + destinationStep);
        Avx.Permute2x128(even01, even23, 0x31).Store(destination + (2 * destinationStep));
        Avx.Permute2x128(odd01, odd23, 0x31).Store(destination + (3 * destinationStep));
    }

    // Half h of register i is line 4h + i, so that a four-by-four transpose within the halves puts all eight lines side by side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EightByFour(float* source, nint sourceStep, float* destination, nint destinationStep)
    {
        Vector256<float> lines0 = TwoHalves(source, 4 * sourceStep), lines1 = TwoHalves(source + sourceStep, 4 * sourceStep);
        Vector256<float> lines2 = TwoHalves(source + (2 * sourceStep), 4 * sourceStep), lines3 = TwoHalves(source + (3 * sourceStep), 4 * sourceStep);
        Vector256<double> low01 = Avx.UnpackLow(lines0, lines1).AsDouble(), high01 = Avx.UnpackHigh(lines0, lines1).AsDouble();
        Vector256<double> low23 = Avx.UnpackLow(lines2, lines3).AsDouble(), high23 = Avx.UnpackHigh(lines2, lines3).AsDouble();
        Avx.UnpackLow(low01, low23).AsSingle().Store(destination);
        Avx.UnpackHigh(low01, low23).AsSingle().Store(destination + destinationStep);
        Avx.UnpackLow(high01, high23).AsSingle().Store(destination + (2 * destinationStep));
        Avx.UnpackHigh(high01, high23).AsSingle().Store(destination + (3 * destinationStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> TwoHalves(float* source, nint step) => Vector256.Create(Vector128.Load(source), Vector128.Load(source + step));
}
