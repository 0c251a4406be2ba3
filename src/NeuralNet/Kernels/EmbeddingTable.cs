namespace NeuralNet.Kernels;

/// <summary>Looks vectors up in a table and sums their gradients. The table has one vector after another; indices come position after position, a batch of each.</summary>
internal static unsafe class EmbeddingTable
{
    /// <summary>Column <c>position·width + j</c> of y gets element j of each sample's vector at the position.</summary>
    public static void Forward<T>(ReadOnlySpan<T> table, int width, ReadOnlySpan<int> indices, MatrixSpan<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* pt = table, py = y.Values)
        fixed (int* pi = indices)
            Columns.Split(y.Columns, y.Rows, new ForwardRange<T>(y.Rows, width, pi, pt, py));
    }

    /// <summary>The table's gradient: each vector is the sum of the gradients at its places, sample after sample, and within a sample position after position.</summary>
    public static void Backward<T>(MatrixSpan<T> dy, int width, ReadOnlySpan<int> indices, Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        gradient.Clear();
        fixed (T* pdy = dy.Values, pg = gradient)
        fixed (int* pi = indices)
            Columns.Split(width, dy.Values.Length / width, new BackwardRange<T>(dy.Rows, dy.Columns / width, width, pi, pdy, pg));
    }

    private readonly struct ForwardRange<T>(int rows, int width, int* indices, T* table, T* y) : IColumnRange
        where T : unmanaged
    {
        public void Do(int first, int end)
        {
            for (int column = first; column < end; column++)
            {
                int* index = indices + ((nint)(column / width) * rows);
                T* element = table + (column % width), own = y + ((nint)column * rows);
                for (int row = 0; row < rows; row++)
                    own[row] = element[(nint)index[row] * width];
            }
        }
    }

    // A thread has some of the elements of all vectors.
    private readonly struct BackwardRange<T>(int rows, int positions, int width, int* indices, T* dy, T* gradient) : IColumnRange
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Do(int first, int end)
        {
            for (int element = first; element < end; element++)
            {
                for (int row = 0; row < rows; row++)
                {
                    for (int position = 0; position < positions; position++)
                        gradient[((nint)indices[((nint)position * rows) + row] * width) + element] += dy[((((nint)position * width) + element) * rows) + row];
                }
            }
        }
    }
}
