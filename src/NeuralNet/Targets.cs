namespace NeuralNet;

/// <summary>What a batch should give: a matrix of targets, or a class label for each sample. Either converts by itself.</summary>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public readonly ref struct Targets<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Matrix<T>? matrix;
    private readonly ReadOnlySpan<int> labels;

    /// <summary>Targets as a matrix.</summary>
    /// <param name="matrix">The targets, <c>[N, out]</c>.</param>
    public Targets(Matrix<T> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        this.matrix = Dense.Of(matrix);
    }

    /// <summary>Targets as class labels.</summary>
    /// <param name="labels">A label for each sample (see <see cref="OneHot"/>).</param>
    public Targets(ReadOnlySpan<int> labels) => this.labels = labels;

    /// <summary>The number of samples.</summary>
    public int Count => matrix?.RowCount ?? labels.Length;

    /// <summary>The class labels; empty where the targets are a matrix.</summary>
    internal ReadOnlySpan<int> Labels => labels;

    /// <summary>Targets as a matrix.</summary>
    /// <param name="matrix">The targets, <c>[N, out]</c>.</param>
    public static implicit operator Targets<T>(Matrix<T> matrix) => new(matrix);

    /// <summary>Targets as class labels.</summary>
    /// <param name="labels">A label for each sample.</param>
    public static implicit operator Targets<T>(int[] labels) => new(labels);

    /// <summary>Targets as class labels.</summary>
    /// <param name="labels">A label for each sample.</param>
    public static implicit operator Targets<T>(ReadOnlySpan<int> labels) => new(labels);

    /// <summary>Targets as class labels.</summary>
    /// <param name="labels">A label for each sample.</param>
    public static implicit operator Targets<T>(Span<int> labels) => new(labels);

    /// <summary>Labels fit any output; a matrix must be as wide.</summary>
    internal void CheckWidth(int columns)
    {
        if (matrix is not null && matrix.ColumnCount != columns)
            throw new ArgumentException($"The network expects targets of shape [{matrix.RowCount}, {columns}], got {Guard.Text(matrix)}.");
    }

    /// <summary>The targets of some of the samples as a matrix: the given one itself where it is wanted whole, else the buffer, filled.</summary>
    internal Matrix<T> Rows(int start, int count, int columns, BatchBuffer<T> buffer)
    {
        if (matrix is not null)
            return Dense.Rows(matrix, start, count, buffer);

        Matrix<T> rows = buffer.For(count, columns);
        OneHot.Fill(labels.Slice(start, count), rows);
        return rows;
    }
}
