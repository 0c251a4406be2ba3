using MathNet.Numerics.LinearAlgebra.Storage;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The way from a MathNet matrix to the numbers in it, for the kernels.</summary>
internal static class Dense
{
    /// <summary>The matrix itself if its numbers lie in one array, column after column; else a dense copy.</summary>
    public static Matrix<T> Of<T>(Matrix<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (matrix.Storage is DenseColumnMajorMatrixStorage<T>)
            return matrix;
        CheckSize(matrix.RowCount, matrix.ColumnCount);
        return Matrix<T>.Build.DenseOfMatrix(matrix);
    }

    /// <summary>A matrix of zeros.</summary>
    public static Matrix<T> Create<T>(int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckSize(rows, columns);
        return Matrix<T>.Build.Dense(rows, columns);
    }

    /// <summary>The first value of a parameter or state, all of one number.</summary>
    /// <exception cref="InvalidDataException">The layer comes from a file that holds fewer numbers.</exception>
    public static Matrix<T> CreateStored<T>(int rows, int columns, T value = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        BuildLimit.TakeNumbers((long)rows * columns);
        Matrix<T> matrix = Create<T>(rows, columns);
        if (value != T.Zero)
            matrix.Values().Fill(value);
        return matrix;
    }

    /// <summary>The numbers of a dense matrix, column after column: not a copy.</summary>
    public static Span<T> Values<T>(this Matrix<T> dense)
        where T : unmanaged, IFloatingPointIeee754<T> => Array(dense);

    /// <summary>The array that holds them.</summary>
    public static T[] Array<T>(Matrix<T> dense)
        where T : unmanaged, IFloatingPointIeee754<T> => ((DenseColumnMajorMatrixStorage<T>)dense.Storage).Data;

    /// <summary>A dense matrix as the kernels see it: not a copy.</summary>
    public static MatrixSpan<T> View<T>(this Matrix<T> dense)
        where T : unmanaged, IFloatingPointIeee754<T> => new(dense.Values(), dense.RowCount, dense.ColumnCount);

    /// <summary>Some rows as a dense matrix: the matrix itself where all are wanted, else the buffer, filled.</summary>
    public static Matrix<T> Rows<T>(Matrix<T> matrix, int start, int count, BatchBuffer<T> buffer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<T> dense = Of(matrix);
        if (count == dense.RowCount)
            return dense;

        Matrix<T> rows = buffer.For(count, dense.ColumnCount);
        dense.View().CopyRows(start, rows.View(), 0, count);
        return rows;
    }

    private static void CheckSize(int rows, int columns)
    {
        if ((long)rows * columns > System.Array.MaxLength)
            throw new ArgumentException($"A matrix [{rows}, {columns}] holds more than the {System.Array.MaxLength} numbers that fit into one array.");
    }
}
