using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Class labels as rows of a matrix, and back.</summary>
/// <remarks>
/// Label <c>k</c> of <c>classes</c> is a row of zeros with a 1 in column <c>k</c>. Two classes in one column are also a convention of the field:
/// with one column, labels 0 and 1 are the values themselves and a value of at least 0.5 is class 1.
/// </remarks>
public static class OneHot
{
    private const double Threshold = 0.5;

    /// <summary>Writes labels as one-hot rows.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="labels">The labels, each from 0 to <paramref name="classes"/> - 1 (0 or 1 for one column).</param>
    /// <param name="classes">The number of columns, at least 1.</param>
    /// <returns>A new matrix, <c>[labels, classes]</c>.</returns>
    /// <exception cref="ArgumentException">There are no labels, or one is out of range.</exception>
    public static Matrix<T> Encode<T>(ReadOnlySpan<int> labels, int classes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Precision<T>();
        Guard.AtLeast(1, classes, nameof(classes));
        if (labels.IsEmpty)
            throw new ArgumentException("There must be at least one label.", nameof(labels));

        Matrix<T> rows = Dense.Create<T>(labels.Length, classes);
        Fill(labels, rows);
        return rows;
    }

    /// <summary>Reads the class of each row: the column of the largest value (the first of equals), or of one column whether it is at least 0.5.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="rows">Scores, probabilities or one-hot rows, <c>[N, classes]</c>.</param>
    /// <returns>A label for each row; -1 where the row contains NaN.</returns>
    /// <exception cref="ArgumentException">The rows have no columns.</exception>
    public static int[] Decode<T>(Matrix<T> rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.ColumnCount == 0)
            throw new ArgumentException($"Rows to decode have at least one column; got {Guard.Text(rows)}.", nameof(rows));
        MatrixSpan<T> values = Dense.Of(rows).View();
        var labels = new int[rows.RowCount];
        for (int row = 0; row < labels.Length; row++)
            labels[row] = Class(values, row);
        return labels;
    }

    /// <summary>Overwrites a matrix with one-hot rows; every label is checked before anything is written.</summary>
    internal static void Fill<T>(ReadOnlySpan<int> labels, Matrix<T> rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check(labels, rows.ColumnCount);
        MatrixSpan<T> values = rows.View();
        values.Values.Clear();
        for (int i = 0; i < labels.Length; i++)
            Set(values, i, labels[i]);
    }

    /// <summary>How many classes rows of so many columns tell apart.</summary>
    internal static int Classes(int columns) => Math.Max(columns, 2);

    /// <summary>Labels that rows of so many columns can hold.</summary>
    internal static void Check(ReadOnlySpan<int> labels, int columns)
    {
        int classes = Classes(columns);
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes)
                throw new ArgumentException($"Labels must be from 0 to {classes - 1}; got {Guard.Number(labels[i])} at index {i}.", nameof(labels));
        }
    }

    /// <summary>Writes a checked label into a row of zeros.</summary>
    internal static void Set<T>(MatrixSpan<T> rows, int row, int label)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (rows.Columns == 1)
            rows[row, 0] = T.CreateChecked(label);
        else
            rows[row, label] = T.One;
    }

    internal static int Class<T>(MatrixSpan<T> rows, int row)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T best = rows[row, 0];
        if (rows.Columns == 1)
            return T.IsNaN(best) ? -1 : best >= T.CreateChecked(Threshold) ? 1 : 0;

        int label = 0;
        for (int column = 0; column < rows.Columns; column++)
        {
            T value = rows[row, column];
            if (T.IsNaN(value))
                return -1;
            if (value > best)
                (best, label) = (value, column);
        }

        return label;
    }
}
