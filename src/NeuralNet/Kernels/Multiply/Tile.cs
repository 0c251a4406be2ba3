using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// The innermost loop of every product: a tile of the result that stays in registers while k runs. Lanes are rows of the result; each column's factor is broadcast.
/// </summary>
/// <remarks>
/// A lane is one element of the result, and its sum runs over k in order with fused multiply-add, so its bits are those of the plain loop
/// <c>for k: c = fma(a[k], b[k], c)</c> whatever the width. Four vectors by six columns keep 24 sums, 4 factors and 1 broadcast in the 32 registers of
/// AVX-512, and do 24 multiply-adds for 10 loads; machines with 16 registers use two vectors.
/// </remarks>
internal static unsafe class Tile<T, TRows>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRows : struct, ITileRows<TRows, T>
{
    /// <summary>c = start + a·b for one tile.</summary>
    /// <param name="a">The tile's rows for k = 0, the next k <paramref name="stepA"/> further; all lanes are read.</param>
    /// <param name="stepA">From k to k + 1.</param>
    /// <param name="b">The tile's first column for k = 0. Columns past <paramref name="columns"/> are not read.</param>
    /// <param name="depth">The length of the sum.</param>
    /// <param name="start">Where each column's sums start, six numbers.</param>
    /// <param name="continues">Whether the sums go on from what c holds instead.</param>
    /// <param name="c">The tile's first column.</param>
    /// <param name="stepC">From column to column.</param>
    /// <param name="rows">How many rows are stored; they reach into the last vector.</param>
    /// <param name="columns">How many columns are stored, 1 to 6.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(T* a, nint stepA, Operand<T> b, int depth, T* start, bool continues, T* c, nint stepC, int rows, int columns)
    {
        // Columns that the tile does not have repeat the last.
        nint line1 = columns > 1 ? b.LineStep : 0, line2 = columns > 2 ? b.LineStep : 0, line3 = columns > 3 ? b.LineStep : 0;
        nint line4 = columns > 4 ? b.LineStep : 0, line5 = columns > 5 ? b.LineStep : 0;
        T* b0 = b.Values, b1 = b0 + line1, b2 = b1 + line2, b3 = b2 + line3, b4 = b3 + line4, b5 = b4 + line5;
        TRows c0 = TRows.Broadcast(start[0]), c1 = TRows.Broadcast(start[1]), c2 = TRows.Broadcast(start[2]);
        TRows c3 = TRows.Broadcast(start[3]), c4 = TRows.Broadcast(start[4]), c5 = TRows.Broadcast(start[5]);
        if (continues)
        {
            c0 = TRows.LoadFirst(c, rows);
            if (columns > 1)
                c1 = TRows.LoadFirst(c + stepC, rows);
            if (columns > 2)
                c2 = TRows.LoadFirst(c + (2 * stepC), rows);
            if (columns > 3)
                c3 = TRows.LoadFirst(c + (3 * stepC), rows);
            if (columns > 4)
                c4 = TRows.LoadFirst(c + (4 * stepC), rows);
            if (columns > 5)
                c5 = TRows.LoadFirst(c + (5 * stepC), rows);
        }

        nint end = depth * b.DepthStep;
        for (nint k = 0; k < end; k += b.DepthStep, a += stepA)
        {
            TRows x = TRows.Load(a);
            c0 = TRows.Fma(x, b0[k], c0);
            c1 = TRows.Fma(x, b1[k], c1);
            c2 = TRows.Fma(x, b2[k], c2);
            c3 = TRows.Fma(x, b3[k], c3);
            c4 = TRows.Fma(x, b4[k], c4);
            c5 = TRows.Fma(x, b5[k], c5);
        }

        TRows.StoreFirst(c, c0, rows);
        if (columns > 1)
            TRows.StoreFirst(c + stepC, c1, rows);
        if (columns > 2)
            TRows.StoreFirst(c + (2 * stepC), c2, rows);
        if (columns > 3)
            TRows.StoreFirst(c + (3 * stepC), c3, rows);
        if (columns > 4)
            TRows.StoreFirst(c + (4 * stepC), c4, rows);
        if (columns > 5)
            TRows.StoreFirst(c + (5 * stepC), c5, rows);
    }
}
