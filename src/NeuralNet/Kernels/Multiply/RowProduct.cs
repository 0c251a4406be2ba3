using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The product of a single row, y = start + x·b: one multiply-add for each number of b, so that reading b is what counts.</summary>
/// <remarks>
/// Lanes are columns of b. Where these lie one behind the other, as in a weight, small blocks are transposed and used at once; several vectors of columns take turns, so
/// that one is transposed while the others' sums, each of which has to wait for its last multiply-add, go on.
/// Each sum runs over k in order: a sample has the same bits alone and in a batch.
/// </remarks>
internal static unsafe class RowProduct<T, V>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : struct, ISimd<V, T>
{
    /// <summary>How many k are transposed at once.</summary>
    private const int DepthBlock = 16;

    /// <summary>How many vectors of columns take turns.</summary>
    private const int Vectors = 8;

    /// <summary>y = start + x·b; the sums start from 0 if <paramref name="start"/> is null.</summary>
    public static void Run(T* x, Operand<T> b, int depth, T* start, T* y, int columns)
    {
        if (start == null)
            new Span<T>(y, columns).Clear();
        else
            new ReadOnlySpan<T>(start, columns).CopyTo(new Span<T>(y, columns));

        T* block = Workspace<T>.Of((Vectors + DepthBlock) * V.Width);
        for (int column = 0; column < columns; column += Vectors * V.Width)
            Add(x, b.From(column, 0), depth, y + column, Math.Min(Vectors * V.Width, columns - column), block, block + (DepthBlock * V.Width));
    }

    // y += x·b for a few vectors of columns.
    private static void Add(T* x, Operand<T> b, int depth, T* y, int columns, T* block, T* sums)
    {
        // The last vector goes over columns of the one before it once more, rather than reach past the end.
        int vectors = ((columns - 1) / V.Width) + 1;
        for (int vector = 0; vector < vectors; vector++)
            V.Store(sums + (vector * V.Width), V.LoadFirst(y + FirstColumn(vector, columns), Math.Min(V.Width, columns)));

        for (int k = 0; k < depth; k += DepthBlock)
        {
            int depths = Math.Min(DepthBlock, depth - k);
            for (int vector = 0; vector < vectors; vector++)
            {
                T* sum = sums + (vector * V.Width);
                Operand<T> source = b.From(FirstColumn(vector, columns), k);
                if (IsSquare(source, depths, columns))
                    RegisterTranspose.AddSixteenBySixteen((float*)(x + k), (float*)source.Values, source.LineStep, (float*)sum);
                else
                    AddBlock(x + k, source, depths, Math.Min(V.Width, columns), block, sum);
            }
        }

        for (int vector = 0; vector < vectors; vector++)
            V.StoreFirst(y + FirstColumn(vector, columns), V.Load(sums + (vector * V.Width)), Math.Min(V.Width, columns));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FirstColumn(int vector, int columns) => Math.Max(0, Math.Min(vector * V.Width, columns - V.Width));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSquare(Operand<T> source, int depths, int columns) =>
        typeof(V) == typeof(Simd512<float>) && RegisterTranspose.AddsSixteenBySixteen && source.DepthStep == 1 && depths == DepthBlock && columns >= V.Width;

    private static void AddBlock(T* x, Operand<T> source, int depths, int lines, T* block, T* sum)
    {
        Packing.Pack(source, lines, V.Width, depths, block);
        V total = V.Load(sum);
        for (int k = 0; k < depths; k++)
            total = V.Fma(V.Load(block + (k * V.Width)), V.Broadcast(x[k]), total);
        V.Store(sum, total);
    }
}
