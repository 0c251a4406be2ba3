using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>Some columns of a batch of samples that are bytes: in squares of sixteen by sixteen where the machine and the factor allow, else one number at a time.</summary>
/// <param name="pixels">Sample after sample.</param>
/// <param name="indices">Which samples.</param>
/// <param name="rows">How many of them.</param>
/// <param name="length">The bytes of a sample, and the columns of the batch.</param>
/// <param name="numbers">The number of each byte.</param>
/// <param name="scale">How to compute the same numbers, if they are floats for which that is possible.</param>
/// <param name="values">The batch, column after column.</param>
internal readonly unsafe struct ByteColumns<T>(byte* pixels, int* indices, int rows, int length, T* numbers, ByteScale? scale, T* values) : IColumnRange
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Bytes of a cache line, and how far ahead of their use they are called for: that many samples side by side are more streams than the processor foresees by itself.
    private const int CacheLine = 64, PrefetchAhead = 2 * CacheLine;

    /// <inheritdoc/>
    public void Do(int first, int end)
    {
        if (scale is { } factor && ByteSquare.IsSupported && rows >= ByteSquare.Side && end - first >= ByteSquare.Side)
            InSquares(first, end, factor);
        else
            OneByOne(first, end);
    }

    // The last squares, of rows and of columns, overlap those before them where sixteen do not divide the number.
    private void InSquares(int first, int end, ByteScale factor)
    {
        byte** samples = stackalloc byte*[ByteSquare.Side];
        for (int begin = first; begin < end; begin += ByteSquare.Side)
        {
            int place = Math.Min(begin, end - ByteSquare.Side);
            bool isNewLine = begin == first || place % CacheLine < ByteSquare.Side;
            for (int start = 0; start < rows; start += ByteSquare.Side)
            {
                int row = Math.Min(start, rows - ByteSquare.Side);
                for (int i = 0; i < ByteSquare.Side; i++)
                    samples[i] = pixels + ((nint)indices[row + i] * length);
                if (isNewLine && Sse.IsSupported)
                {
                    for (int i = 0; i < ByteSquare.Side; i++)
                        Sse.Prefetch0(samples[i] + place + PrefetchAhead);
                }

                ByteSquare.Scale(samples, place, factor, (float*)values + ((nint)place * rows) + row, rows);
            }
        }
    }

    private void OneByOne(int first, int end)
    {
        for (int row = 0; row < rows; row += Gather.Block)
        {
            int count = Math.Min(Gather.Block, rows - row);
            for (int place = first; place < end; place++)
            {
                T* column = values + ((nint)place * rows) + row;
                for (int i = 0; i < count; i++)
                    column[i] = numbers[pixels[((nint)indices[row + i] * length) + place]];
            }
        }
    }
}
