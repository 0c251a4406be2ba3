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
/// <param name="isShared">
/// Whether several threads have the batch's old numbers in their caches. A few columns are then made beside it and copied at once: a copy overwrites whole cache lines,
/// where each small piece would first ask the other caches for its line.
/// </param>
internal readonly unsafe struct ByteColumns<T>(byte* pixels, int* indices, int rows, int length, T* numbers, ByteScale? scale, T* values, bool isShared) : IColumnRange
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // The bytes that are called for at once: what the first-level cache holds beside the numbers made of them.
    private const int CacheLine = 64, FetchedBytes = 32 * 1024;

    // The columns of a strip: few enough for the cache, enough that the cache lines which it shares with its neighbours are few.
    private const int StripColumns = 3 * ByteSquare.Side;

    /// <inheritdoc/>
    public void Do(int first, int end)
    {
        if (scale is { } factor && ByteSquare.IsSupported && rows >= ByteSquare.Side && end - first >= ByteSquare.Side)
            InStretches(first, end, factor);
        else
            OneByOne(first, end);
    }

    /// <summary>Calls for the bytes of some columns.</summary>
    /// <remarks>Sample after sample, as they lie in memory: read by columns they would be more streams side by side than the processor foresees by itself.</remarks>
    public void Fetch(int first, int end)
    {
        if (!Sse.IsSupported)
            return;
        for (int row = 0; row < rows; row++)
        {
            byte* sample = pixels + ((nint)indices[row] * length);
            for (int place = first; place < end; place += CacheLine)
                Sse.Prefetch0(sample + place);
            Sse.Prefetch0(sample + end - 1);
        }
    }

    // Stretches of columns, whole strips, whose bytes are called for together.
    private void InStretches(int first, int end, ByteScale factor)
    {
        byte** samples = (byte**)Workspace<nint>.Of(rows);
        for (int row = 0; row < rows; row++)
            samples[row] = pixels + ((nint)indices[row] * length);
        int stretch = Math.Max(1, FetchedBytes / rows / StripColumns) * StripColumns;
        for (int begin = first; begin < end; begin += stretch)
        {
            int stop = Math.Min(begin + stretch, end);
            Fetch(begin, stop);
            for (int column = begin; column < stop; column += StripColumns)
                Strip(samples, column, Math.Min(column + StripColumns, stop), first, factor);
        }
    }

    // The last squares, of rows and of columns, overlap those before them where sixteen do not divide the number.
    private void Strip(byte** samples, int first, int end, int leftmost, ByteScale factor)
    {
        first = Math.Max(leftmost, Math.Min(first, end - ByteSquare.Side));
        float* batch = (float*)values + ((nint)first * rows);
        int count = (end - first) * rows;
        float* strip = isShared ? Workspace<float>.Of(count) : batch;
        for (int begin = first; begin < end; begin += ByteSquare.Side)
        {
            int place = Math.Min(begin, end - ByteSquare.Side);
            for (int start = 0; start < rows; start += ByteSquare.Side)
            {
                int row = Math.Min(start, rows - ByteSquare.Side);
                ByteSquare.Scale(samples + row, place, factor, strip + ((nint)(place - first) * rows) + row, rows);
            }
        }

        if (isShared)
            new ReadOnlySpan<float>(strip, count).CopyTo(new Span<float>(batch, count));
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
