using System.Diagnostics;

namespace NeuralNet.Kernels;

/// <summary>
/// The three matrix products of an affine layer: one blocked product, and one for few rows, behind three ways to read their factors, never a transposed copy of the whole.
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
    /// <param name="rectifies">Whether c is the Relu of that.</param>
    public static void Multiply<T>(MatrixSpan<T> a, MatrixSpan<T> b, ReadOnlySpan<T> bias, MatrixSpan<T> c, PackedWeights<T>? packed = null, bool rectifies = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(a.Columns == b.Rows && a.Rows == c.Rows && b.Columns == c.Columns && (bias.IsEmpty || bias.Length == c.Columns));
        fixed (T* pa = a.Values, pb = b.Values, start = bias, pc = c.Values)
        {
            if (a.Rows == 1 && packed is not null)
            {
                StripProduct<T>.Run(pa, packed.Values, a.Columns, start, pc, c.Columns);
                if (rectifies)
                    Elementwise.Forward(default(ReluOperator<T>), c.Values, c.Values);
            }
            else
            {
                Product.Run(new ProductBlock<T>(new(pa, 1, a.Rows), new(pb, b.Rows, 1), a.Columns, pc, c.Rows, c.Columns) { Start = start, Rectifies = rectifies });
            }
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
            Product.Run(new ProductBlock<T>(new(pa, a.Rows, 1), new(pb, b.Rows, 1), a.Rows, pc, c.Rows, c.Columns));
    }

    /// <summary>c = a·bᵀ: a [m, k], b [n, k], c [m, n].</summary>
    public static void MultiplyTranspose<T>(MatrixSpan<T> a, MatrixSpan<T> b, MatrixSpan<T> c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(a.Columns == b.Columns && a.Rows == c.Rows && b.Rows == c.Columns);
        fixed (T* pa = a.Values, pb = b.Values, pc = c.Values)
            Product.Run(new ProductBlock<T>(new(pa, 1, a.Rows), new(pb, 1, b.Rows), a.Columns, pc, c.Rows, c.Columns));
    }

    /// <summary>An affine layer's way back: weightGradient = xᵀ·dy and inputGradient = dy·weightᵀ, with the same bits as one after the other.</summary>
    public static void Backward<T>(MatrixSpan<T> x, MatrixSpan<T> dy, MatrixSpan<T> weight, MatrixSpan<T> weightGradient, MatrixSpan<T> inputGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!BackwardInTurns.Suits(weight, x.Rows))
        {
            TransposeMultiply(x, dy, weightGradient);
            MultiplyTranspose(dy, weight, inputGradient);
            return;
        }

        Debug.Assert(x.Rows == dy.Rows && x.Columns == weight.Rows && dy.Columns == weight.Columns && weight.Values.Length == weightGradient.Values.Length && x.Values.Length == inputGradient.Values.Length);
        fixed (T* px = x.Values, pdy = dy.Values, pw = weight.Values, pg = weightGradient.Values, pdx = inputGradient.Values)
        {
            BackwardInTurns.Run(
                new ProductBlock<T>(new(px, x.Rows, 1), new(pdy, dy.Rows, 1), x.Rows, pg, weight.Rows, weight.Columns),
                new ProductBlock<T>(new(pdy, 1, dy.Rows), new(pw, 1, weight.Rows), weight.Columns, pdx, x.Rows, x.Columns));
        }
    }
}
