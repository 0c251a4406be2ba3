using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>Between samples that lie one after another and matrices that lie column after column, in square blocks that stay in the first-level cache.</summary>
internal static unsafe class Transpose
{
    private const int Block = 32;

    /// <summary>Samples one after another become the rows of a matrix.</summary>
    public static void ToColumns<T>(ReadOnlySpan<T> samples, MatrixSpan<T> rows)
        where T : unmanaged => Copy(samples, rows.Columns, rows.Values, rows.Rows);

    /// <summary>The rows of a matrix become samples one after another.</summary>
    public static void ToRows<T>(MatrixSpan<T> rows, Span<T> samples)
        where T : unmanaged => Copy(rows.Values, rows.Rows, samples, rows.Columns);

    // Reads lines of the given length; line l, place p goes to place l of line p.
    private static void Copy<T>(ReadOnlySpan<T> source, int length, Span<T> destination, int lines)
    {
        Debug.Assert(source.Length == length * lines && destination.Length == source.Length);
        for (int line = 0; line < lines; line += Block)
        {
            int lineEnd = Math.Min(line + Block, lines);
            for (int place = 0; place < length; place += Block)
            {
                int placeEnd = Math.Min(place + Block, length);
                for (int p = place; p < placeEnd; p++)
                {
                    for (int l = line; l < lineEnd; l++)
                        destination[(p * lines) + l] = source[(l * length) + p];
                }
            }
        }
    }

    /// <summary>Four lines of four: place p of line l goes to place l of line p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FourByFour<T>(T* source, nint sourceStep, T* destination, nint destinationStep)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float) && Sse.IsSupported)
        {
            FourByFour((float*)source, sourceStep, (float*)destination, destinationStep);
            return;
        }

        for (int line = 0; line < 4; line++)
        {
            for (int place = 0; place < 4; place++)
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
}
