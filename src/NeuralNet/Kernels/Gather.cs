using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NeuralNet.Kernels;

/// <summary>Some of many samples that lie one after another become the rows of a matrix.</summary>
/// <remarks>
/// Reads stride from sample to sample and writes run down a column, so few samples are taken at a time:
/// they stay in the first-level cache while their places are read one by one.
/// </remarks>
internal static class Gather
{
    public const int Block = 32;

    /// <summary>Numbers as they are.</summary>
    public static void Values<T>(ReadOnlySpan<T> samples, ReadOnlySpan<int> indices, MatrixSpan<T> rows)
        where T : unmanaged
    {
        Span<nint> starts = stackalloc nint[Block];
        for (int row = 0; row < rows.Rows; row += Block)
        {
            ReadOnlySpan<nint> block = Starts(samples.Length, indices, row, rows, starts);
            for (int place = 0; place < rows.Columns; place++)
            {
                Span<T> column = rows.Column(place).Slice(row, block.Length);
                for (int i = 0; i < column.Length; i++)
                    column[i] = samples[(int)block[i] + place];
            }
        }
    }

    /// <summary>Bytes, each as its entry in a table.</summary>
    public static unsafe void Bytes<T>(ReadOnlySpan<byte> samples, ReadOnlySpan<int> indices, ByteTable<T> table, MatrixSpan<T> rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (byte* pixels = samples)
            Bytes(pixels, samples.Length, indices, table, rows, 0, rows.Columns);
    }

    /// <summary>The same for some columns of a batch that several threads have in their caches.</summary>
    public static unsafe void Bytes<T>(ReadOnlySpan<byte> samples, ReadOnlySpan<int> indices, ByteTable<T> table, MatrixSpan<T> rows, int first, int end)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (byte* pixels = samples)
            Bytes(pixels, samples.Length, indices, table, rows, first, end);
    }

    /// <summary>Bytes from memory outside of arrays, which may be longer than those can be; it is not released meanwhile.</summary>
    public static unsafe void Bytes<T>(SafeBuffer memory, long first, ReadOnlySpan<int> indices, ByteTable<T> table, MatrixSpan<T> rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        byte* bytes = null;
        memory.AcquirePointer(ref bytes);
        try
        {
            Bytes(bytes + first, (long)memory.ByteLength - first, indices, table, rows, 0, rows.Columns);
        }
        finally
        {
            memory.ReleasePointer();
        }
    }

    private static unsafe void Bytes<T>(byte* pixels, long numberOfPixels, ReadOnlySpan<int> indices, ByteTable<T> table, MatrixSpan<T> rows, int first, int end)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(rows.Rows == indices.Length);
        fixed (int* samples = indices)
        fixed (T* numbers = table.Values, values = rows.Values)
        {
            for (int i = 0; i < indices.Length; i++)
                Debug.Assert((uint)indices[i] < numberOfPixels / rows.Columns);
            bool isPart = end - first < rows.Columns;
            var work = new ByteColumns<T>(pixels, samples, rows.Rows, rows.Columns, numbers, table.Scale, values, isShared: isPart);
            if (!isPart)
            {
                Columns.Split(rows.Columns, rows.Rows, work);
                return;
            }

            work.Do(first, end);

            // Whoever does a part is likely to do the next one too.
            work.Fetch(end, Math.Min(end + end - first, rows.Columns));
        }
    }

    // Where the samples of a block begin.
    private static ReadOnlySpan<nint> Starts<T>(long numbers, ReadOnlySpan<int> indices, int row, MatrixSpan<T> rows, Span<nint> starts)
        where T : unmanaged
    {
        Debug.Assert(rows.Rows == indices.Length);
        starts = starts[..Math.Min(Block, rows.Rows - row)];
        for (int i = 0; i < starts.Length; i++)
        {
            Debug.Assert((uint)indices[row + i] < numbers / rows.Columns);
            starts[i] = (nint)indices[row + i] * rows.Columns;
        }

        return starts;
    }
}
