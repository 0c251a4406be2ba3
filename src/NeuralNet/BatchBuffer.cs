namespace NeuralNet;

/// <summary>A layer's own result matrix: one for each batch size, the last four sizes kept, so that a steady step allocates nothing.</summary>
/// <remarks>A matrix that comes back holds whatever was last written to it: its user overwrites all of it.</remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class BatchBuffer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int SizesKept = 4;

    // The latest first.
    private readonly Matrix<T>?[] matrices = new Matrix<T>?[SizesKept];

    /// <summary>Creates an empty buffer.</summary>
    /// <exception cref="NotSupportedException">The precision is neither <see langword="float"/> nor <see langword="double"/>.</exception>
    public BatchBuffer() => Guard.Precision<T>();

    /// <summary>The matrix of a size; created when the size is new.</summary>
    /// <param name="rows">The number of samples.</param>
    /// <param name="columns">The number of features.</param>
    /// <returns>A dense matrix that stays this buffer's own.</returns>
    /// <exception cref="ArgumentException">The matrix would be empty, or larger than an array can be.</exception>
    public Matrix<T> For(int rows, int columns)
    {
        Guard.AtLeast(1, rows, nameof(rows));
        Guard.AtLeast(1, columns, nameof(columns));
        int place = 0;
        while (place < SizesKept - 1 && !HasSize(matrices[place], rows, columns))
            place++;

        Matrix<T> latest = HasSize(matrices[place], rows, columns) ? matrices[place]! : Dense.Create<T>(rows, columns);
        Array.Copy(matrices, 0, matrices, 1, place);
        return matrices[0] = latest;
    }

    /// <summary>The matrix as large as another.</summary>
    /// <param name="other">The matrix whose size is wanted.</param>
    /// <returns>A dense matrix that stays this buffer's own.</returns>
    public Matrix<T> Like(Matrix<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return For(other.RowCount, other.ColumnCount);
    }

    private static bool HasSize(Matrix<T>? matrix, int rows, int columns) => matrix is not null && matrix.RowCount == rows && matrix.ColumnCount == columns;
}
