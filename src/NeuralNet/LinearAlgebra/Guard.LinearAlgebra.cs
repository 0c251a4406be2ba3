namespace NeuralNet;

// Checks of the arrays of a product.
internal static partial class Guard
{
    /// <summary>The array of a column-major matrix, as MathNet's providers take it; the exceptions are of their type.</summary>
    public static void ColumnMajor<T>(T[] values, int rows, int columns, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        if (rows < 0 || columns < 0)
            throw new ArgumentOutOfRangeException(name, $"{name} must have at least 0 rows and columns; got [{rows}, {columns}].");
        if ((long)rows * columns != values.Length)
            throw new ArgumentOutOfRangeException(name, $"{name} [{rows}, {columns}] expects {(long)rows * columns} values, got {values.Length}.");
    }

    /// <summary>The factors of a product, transposed where they are to be.</summary>
    public static void Factors(int rows, int depth, int depthOfRight, int columns, string name)
    {
        if (depth != depthOfRight)
            throw new ArgumentOutOfRangeException(name, $"A product expects as many rows on the right as columns on the left, got [{rows}, {depth}] times [{depthOfRight}, {columns}].");
    }
}
