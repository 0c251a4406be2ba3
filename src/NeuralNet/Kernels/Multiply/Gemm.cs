using System.Diagnostics;

namespace NeuralNet.Kernels;

/// <summary>
/// The three matrix products of an affine layer: one blocked product behind three ways to read its factors, never a transposed copy.
/// </summary>
/// <remarks>
/// An element is summed over k in order with fused multiply-add, starting from the bias or 0, so that its bits depend neither on the vector width, nor on the
/// number of threads, nor on how many rows the batch has.
/// </remarks>
internal static unsafe class Gemm
{
    /// <summary>c = a·b + bias: a [m, k], b [k, n], bias [n] or empty, c [m, n].</summary>
    /// <param name="a">The left factor.</param>
    /// <param name="b">The right factor.</param>
    /// <param name="bias">Where each column's sums start; empty for 0.</param>
    /// <param name="c">The product.</param>
    /// <param name="packed">What <see cref="Pack"/> made of <paramref name="b"/>, for a product of one row; null if nothing did.</param>
    public static void Multiply<T>(MatrixSpan<T> a, MatrixSpan<T> b, ReadOnlySpan<T> bias, MatrixSpan<T> c, PackedWeights<T>? packed = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(a.Columns == b.Rows && a.Rows == c.Rows && b.Columns == c.Columns && (bias.IsEmpty || bias.Length == c.Columns));
        fixed (T* pa = a.Values, pb = b.Values, start = bias, pc = c.Values)
        {
            if (a.Rows == 1 && packed is not null)
                StripProduct<T>.Run(pa, packed.Values, a.Columns, start, pc, c.Columns);
            else
                Product.Run(new Operand<T>(pa, 1, a.Rows), new Operand<T>(pb, b.Rows, 1), a.Columns, bias, pc, c.Rows, c.Columns);
        }

        GC.KeepAlive(packed);
    }

    /// <summary>Packs a right factor b [k, n] that changes no more: a product of one row takes longest to read it.</summary>
    public static PackedWeights<T> Pack<T>(MatrixSpan<T> b)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var packed = new PackedWeights<T>(ChannelStrips.Size(b.Columns, b.Rows));
        fixed (T* pb = b.Values)
            ChannelStrips.Pack(new Operand<T>(pb, b.Rows, 1), b.Columns, b.Rows, 0, b.Rows, packed.Values);
        return packed;
    }

    /// <summary>c = aᵀ·b: a [k, m], b [k, n], c [m, n].</summary>
    public static void TransposeMultiply<T>(MatrixSpan<T> a, MatrixSpan<T> b, MatrixSpan<T> c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(a.Rows == b.Rows && a.Columns == c.Rows && b.Columns == c.Columns);
        fixed (T* pa = a.Values, pb = b.Values, pc = c.Values)
            Product.Run(new Operand<T>(pa, a.Rows, 1), new Operand<T>(pb, b.Rows, 1), a.Rows, default, pc, c.Rows, c.Columns);
    }

    /// <summary>c = a·bᵀ: a [m, k], b [n, k], c [m, n].</summary>
    public static void MultiplyTranspose<T>(MatrixSpan<T> a, MatrixSpan<T> b, MatrixSpan<T> c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(a.Columns == b.Columns && a.Rows == c.Rows && b.Rows == c.Columns);
        fixed (T* pa = a.Values, pb = b.Values, pc = c.Values)
            Product.Run(new Operand<T>(pa, 1, a.Rows), new Operand<T>(pb, 1, b.Rows), a.Columns, default, pc, c.Rows, c.Columns);
    }
}
