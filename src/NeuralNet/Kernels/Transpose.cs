using System.Diagnostics;

namespace NeuralNet.Kernels;

/// <summary>Between samples that lie one after another and matrices that lie column after column, in square blocks that stay in the first-level cache.</summary>
internal static class Transpose
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
}
