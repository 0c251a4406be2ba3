using System.Diagnostics;

namespace NeuralNet.Kernels;

/// <summary>The GEMM of BLAS: c = alpha·op(a)·op(b) + beta·c, where op transposes or does not.</summary>
internal static unsafe class ScaledProduct
{
    /// <summary>
    /// a and b are given before op; c may share its memory with them. Sums as <see cref="Gemm"/> does, from 0 over k in order, then scales and adds, so that alpha and
    /// beta do not touch the sum's bits. With beta 0 c is not read, with alpha 0 a and b are not.
    /// </summary>
    public static void Update<T>(T alpha, MatrixSpan<T> a, bool isTransposedA, MatrixSpan<T> b, bool isTransposedB, T beta, MatrixSpan<T> c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int depth = isTransposedA ? a.Rows : a.Columns;
        Debug.Assert(depth == (isTransposedB ? b.Columns : b.Rows));
        Debug.Assert(c.Rows == (isTransposedA ? a.Columns : a.Rows) && c.Columns == (isTransposedB ? b.Rows : b.Columns));
        if (alpha == T.Zero || depth == 0 || c.Values.IsEmpty)
        {
            Scale(beta, c.Values);
            return;
        }

        // The sums have a place of their own where what lies in c is still needed.
        bool isNeeded = beta != T.Zero || a.Values.Overlaps(c.Values) || b.Values.Overlaps(c.Values);
        Span<T> sums = isNeeded ? new T[c.Values.Length] : c.Values;

        // A line of the left factor is a row, of the right a column.
        fixed (T* pa = a.Values, pb = b.Values, ps = sums)
        {
            Operand<T> left = isTransposedA ? new(pa, a.Rows, 1) : new(pa, 1, a.Rows);
            Operand<T> right = isTransposedB ? new(pb, 1, b.Rows) : new(pb, b.Rows, 1);
            Product.Run(new ProductBlock<T>(left, right, depth, ps, c.Rows, c.Columns));
        }

        if (isNeeded || alpha != T.One)
            AddScaled(alpha, sums, beta, c.Values);
    }

    private static void Scale<T>(T beta, Span<T> c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < c.Length; i++)
            c[i] = beta == T.Zero ? T.Zero : beta * c[i];
    }

    private static void AddScaled<T>(T alpha, ReadOnlySpan<T> sums, T beta, Span<T> c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < c.Length; i++)
            c[i] = (beta == T.Zero ? T.Zero : beta * c[i]) + (alpha * sums[i]);
    }
}
