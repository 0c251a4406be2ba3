using System.Diagnostics;

namespace NeuralNet.Kernels;

/// <summary>A column-major matrix over memory that somebody else owns: element (row, column) is <c>Values[column · Rows + row]</c>.</summary>
internal readonly ref struct MatrixSpan<T>
    where T : unmanaged
{
    public readonly Span<T> Values;
    public readonly int Rows;
    public readonly int Columns;

    public MatrixSpan(Span<T> values, int rows, int columns)
    {
        Debug.Assert(values.Length == rows * columns);
        Values = values;
        Rows = rows;
        Columns = columns;
    }

    public ref T this[int row, int column] => ref Values[(column * Rows) + row];

    public Span<T> Column(int column) => Values.Slice(column * Rows, Rows);

    /// <summary>Copies consecutive rows into another matrix of as many columns.</summary>
    public void CopyRows(int start, MatrixSpan<T> destination, int destinationStart, int count)
    {
        for (int column = 0; column < Columns; column++)
            Column(column).Slice(start, count).CopyTo(destination.Column(column)[destinationStart..]);
    }
}
