using System.Diagnostics;
using System.Numerics.Tensors;

namespace NeuralNet.Kernels;

/// <summary>
/// The three matrix products of an affine layer. In each, an element is summed over k in order with fused multiply-add, so that its bits depend
/// neither on the vector width, nor on the number of threads, nor on how many rows the batch has.
/// </summary>
internal static unsafe class Gemm
{
    /// <summary>c = a·b + bias: a [m, k], b [k, n], bias [n] or empty, c [m, n].</summary>
    public static void Multiply<T>(MatrixSpan<T> a, MatrixSpan<T> b, ReadOnlySpan<T> bias, MatrixSpan<T> c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(a.Columns == b.Rows && a.Rows == c.Rows && b.Columns == c.Columns && (bias.IsEmpty || bias.Length == c.Columns));
        (int m, int k, int n) = (a.Rows, a.Columns, b.Columns);
        for (int j = 0; j < n; j++)
            c.Column(j).Fill(bias.IsEmpty ? T.Zero : bias[j]);
        fixed (T* pa = a.Values, pb = b.Values, pc = c.Values)
            AddColumns<T>((nint)pa, m, k, (nint)pb, 1, k, (nint)pc, n);
    }

    /// <summary>c = aᵀ·b: a [k, m], b [k, n], c [m, n].</summary>
    public static void TransposeMultiply<T>(MatrixSpan<T> a, MatrixSpan<T> b, MatrixSpan<T> c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(a.Rows == b.Rows && a.Columns == c.Rows && b.Columns == c.Columns);
        (int m, int k, int n) = (a.Columns, a.Rows, b.Columns);
        Span<T> transposed = Workspace<T>.Of(a.Values.Length);
        Transpose.ToRows(a, transposed);
        c.Values.Clear();
        fixed (T* pa = transposed, pb = b.Values, pc = c.Values)
            AddColumns<T>((nint)pa, m, k, (nint)pb, 1, k, (nint)pc, n);
    }

    /// <summary>c = a·bᵀ: a [m, k], b [n, k], c [m, n].</summary>
    public static void MultiplyTranspose<T>(MatrixSpan<T> a, MatrixSpan<T> b, MatrixSpan<T> c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(a.Columns == b.Columns && a.Rows == c.Rows && b.Rows == c.Columns);
        (int m, int k, int n) = (a.Rows, a.Columns, b.Rows);
        c.Values.Clear();
        fixed (T* pa = a.Values, pb = b.Values, pc = c.Values)
            AddColumns<T>((nint)pa, m, k, (nint)pb, n, 1, (nint)pc, n);
    }

    // c[:, j] += Σ_k a[:, k] · b(k, j), the columns j split over threads; b(k, j) lies at k · stepK + j · stepJ. Addresses, because a span cannot cross threads.
    private static void AddColumns<T>(nint a, int m, int k, nint b, int stepK, int stepJ, nint c, int n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Workers.Run(n, (long)m * k * n, (start, end) =>
        {
            for (int j = start; j < end; j++)
            {
                var column = new Span<T>((T*)c + ((long)j * m), m);
                for (int i = 0; i < k; i++)
                    TensorPrimitives.FusedMultiplyAdd(new ReadOnlySpan<T>((T*)a + ((long)i * m), m), ((T*)b)[((long)i * stepK) + ((long)j * stepJ)], column, column);
            }
        });
    }
}
