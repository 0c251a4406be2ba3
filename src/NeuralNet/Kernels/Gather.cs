using System.Diagnostics;

namespace NeuralNet.Kernels;

/// <summary>
/// Some of many samples that lie one after another become the rows of a matrix, in square blocks that stay in the first-level cache.
/// </summary>
internal static class Gather
{
    // Reads stride from sample to sample, writes run down a column: a block's samples stay in the cache while their places are read one by one.
    private const int Block = 32;

    /// <summary>One sample's number as the matrix holds it.</summary>
    private interface IRead<TSource, T>
    {
        T Read(TSource value);
    }

    /// <summary>Bytes, each as its entry in a table of 256 numbers.</summary>
    public static void Bytes<T>(ReadOnlySpan<byte> samples, ReadOnlySpan<int> indices, ReadOnlySpan<T> table, MatrixSpan<T> rows)
        where T : unmanaged => Copy(samples, indices, new Lookup<T>(table), rows);

    /// <summary>Numbers as they are.</summary>
    public static void Values<T>(ReadOnlySpan<T> samples, ReadOnlySpan<int> indices, MatrixSpan<T> rows)
        where T : unmanaged => Copy(samples, indices, default(AsIs<T>), rows);

    private static void Copy<TSource, T, TRead>(ReadOnlySpan<TSource> samples, ReadOnlySpan<int> indices, TRead read, MatrixSpan<T> rows)
        where T : unmanaged
        where TRead : struct, IRead<TSource, T>, allows ref struct
    {
        Debug.Assert(rows.Rows == indices.Length && samples.Length % rows.Columns == 0);
        Span<int> starts = stackalloc int[Block];
        for (int row = 0; row < indices.Length; row += Block)
        {
            starts = starts[..Math.Min(Block, indices.Length - row)];
            for (int i = 0; i < starts.Length; i++)
                starts[i] = indices[row + i] * rows.Columns;

            for (int place = 0; place < rows.Columns; place++)
            {
                Span<T> column = rows.Column(place).Slice(row, starts.Length);
                for (int i = 0; i < column.Length; i++)
                    column[i] = read.Read(samples[starts[i] + place]);
            }
        }
    }

    private readonly ref struct Lookup<T>(ReadOnlySpan<T> table) : IRead<byte, T>
    {
        private readonly ReadOnlySpan<T> table = table;

        public T Read(byte value) => table[value];
    }

    private readonly struct AsIs<T> : IRead<T, T>
    {
        public T Read(T value) => value;
    }
}
