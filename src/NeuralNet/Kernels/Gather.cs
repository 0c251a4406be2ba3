using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuralNet.Kernels;

/// <summary>Some of many samples that lie one after another become the rows of a matrix.</summary>
/// <remarks>
/// Reads stride from sample to sample and writes run down a column, so few samples are taken at a time:
/// they stay in the first-level cache while their places are read one by one.
/// </remarks>
internal static class Gather
{
    private const int Block = 32;

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
            Bytes(pixels, samples.Length, indices, table, rows);
    }

    /// <summary>Bytes from memory outside of arrays, which may be longer than those can be; it is not released meanwhile.</summary>
    public static unsafe void Bytes<T>(SafeBuffer memory, long first, ReadOnlySpan<int> indices, ByteTable<T> table, MatrixSpan<T> rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        byte* bytes = null;
        memory.AcquirePointer(ref bytes);
        try
        {
            Bytes(bytes + first, (long)memory.ByteLength - first, indices, table, rows);
        }
        finally
        {
            memory.ReleasePointer();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Bytes<T>(byte* pixels, long numberOfPixels, ReadOnlySpan<int> indices, ByteTable<T> table, MatrixSpan<T> rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool inSquares = ByteSquare.IsSupported && table.Scale is not null;
        ByteScale scale = table.Scale.GetValueOrDefault();
        Span<nint> starts = stackalloc nint[Block];
        byte** square = stackalloc byte*[ByteSquare.Side];
        fixed (T* numbers = table.Values, values = rows.Values)
        {
            for (int row = 0; row < rows.Rows; row += Block)
            {
                ReadOnlySpan<nint> block = Starts(numberOfPixels, indices, row, rows, starts);
                int first = 0;
                for (; inSquares && first <= block.Length - ByteSquare.Side; first += ByteSquare.Side)
                {
                    int place = 0;
                    for (; place <= rows.Columns - ByteSquare.Side; place += ByteSquare.Side)
                    {
                        for (int i = 0; i < ByteSquare.Side; i++)
                            square[i] = pixels + block[first + i] + place;
                        ByteSquare.Scale(square, scale, (float*)values + ((nint)place * rows.Rows) + row + first, rows.Rows);
                    }

                    Places(pixels, block.Slice(first, ByteSquare.Side), numbers, values + row + first, rows.Rows, place, rows.Columns);
                }

                Places(pixels, block[first..], numbers, values + row + first, rows.Rows, 0, rows.Columns);
            }
        }
    }

    // Some places of some samples, one number at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Places<T>(byte* pixels, ReadOnlySpan<nint> starts, T* numbers, T* values, int rows, int place, int end)
        where T : unmanaged
    {
        // Four places of a sample in one read, into four columns: a byte is the lowest, then the next.
        for (; place <= end - sizeof(uint); place += sizeof(uint))
        {
            T* column0 = values + ((nint)place * rows), column1 = column0 + rows, column2 = column1 + rows, column3 = column2 + rows;
            byte* source = pixels + place;
            for (int i = 0; i < starts.Length; i++)
            {
                uint four = BinaryPrimitives.ReadUInt32LittleEndian(new ReadOnlySpan<byte>(source + starts[i], sizeof(uint)));
                column0[i] = numbers[(byte)four];
                column1[i] = numbers[(byte)(four >> 8)];
                column2[i] = numbers[(byte)(four >> 16)];
                column3[i] = numbers[four >> 24];
            }
        }

        for (; place < end; place++)
        {
            T* column = values + ((nint)place * rows);
            for (int i = 0; i < starts.Length; i++)
                column[i] = numbers[pixels[starts[i] + place]];
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
