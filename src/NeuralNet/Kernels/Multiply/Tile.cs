using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// The innermost loop of every product: a tile of the result that stays in registers while k runs. Lanes are rows of the result; each column's factor is broadcast.
/// </summary>
/// <remarks>
/// A lane is one element of the result, and its sum runs over k in order with fused multiply-add, so its bits are those of the plain loop
/// <c>for k: c = fma(a[k], b[k], c)</c> whatever the width. A tile of three vectors by eight columns keeps 24 accumulators, 3 factors and 1 broadcast in
/// the 32 registers of AVX-512 and does 24 multiply-adds for 11 loads; machines with 16 registers use one vector.
/// </remarks>
internal static unsafe class Tile<T, TVector>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>The columns of a tile.</summary>
    public const int Columns = 8;

    /// <summary>The most columns that are faster one by one than as a whole tile.</summary>
    private const int FewColumns = 2;

    /// <summary>The most vectors of rows in a tile: what fits into the machine's registers.</summary>
    public static int MostVectors => TVector.Width * sizeof(T) == 64 ? 3 : 1;

    /// <summary>Whether <see cref="Add"/> touches no more than so many columns of the result; else it reads and writes all eight.</summary>
    public static bool WritesOnly(int columns) => columns is <= FewColumns or Columns;

    /// <summary>c += a·b for one tile.</summary>
    /// <param name="vectors">The tile's height in vectors, 1 to <see cref="MostVectors"/>.</param>
    /// <param name="columns">How many of the tile's columns count, 1 to <see cref="Columns"/>; see <see cref="WritesOnly"/>.</param>
    /// <param name="depth">The length of the sum.</param>
    /// <param name="a">The tile's rows for k = 0, the next k <paramref name="stepA"/> further.</param>
    /// <param name="stepA">From k to k + 1.</param>
    /// <param name="b">Packed: the tile's columns for k = 0, then for k = 1, ...</param>
    /// <param name="c">The tile's first column, all lanes of which are read and written.</param>
    /// <param name="stepC">From column to column.</param>
    public static void Add(int vectors, int columns, int depth, T* a, nint stepA, T* b, T* c, nint stepC)
    {
        switch (vectors)
        {
            case var _ when columns <= FewColumns:
                AddNarrow(vectors, columns, depth, a, stepA, b, c, stepC);
                break;
            case 3:
                Add3(depth, a, stepA, b, c, stepC);
                break;
            case 2:
                Add2(depth, a, stepA, b, c, stepC);
                break;
            default:
                Add1(depth, a, stepA, b, c, stepC);
                break;
        }
    }

    // One column after another.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddNarrow(int vectors, int columns, int depth, T* a, nint stepA, T* b, T* c, nint stepC)
    {
        int width = TVector.Width;
        for (int column = 0; column < columns; column++, b++, c += stepC)
        {
            // Vectors that the tile does not have repeat the first.
            nint second = vectors > 1 ? width : 0, third = vectors > 2 ? 2 * width : 0;
            TVector c0 = TVector.Load(c), c1 = TVector.Load(c + second), c2 = TVector.Load(c + third);
            T* rows = a;
            for (int k = 0; k < depth; k++, rows += stepA)
            {
                TVector factor = TVector.Broadcast(b[(nint)k * Columns]);
                c0 = TVector.Fma(TVector.Load(rows), factor, c0);
                c1 = TVector.Fma(TVector.Load(rows + second), factor, c1);
                c2 = TVector.Fma(TVector.Load(rows + third), factor, c2);
            }

            TVector.Store(c, c0);
            TVector.Store(c + second, c1);
            TVector.Store(c + third, c2);
        }
    }

    /// <summary>3 vectors of rows by 8 columns: 24 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add3(int depth, T* a, nint stepA, T* b, T* c, nint stepC)
    {
        int width = TVector.Width;
        TVector c00 = TVector.Load(c), c10 = TVector.Load(c + width), c20 = TVector.Load(c + (2 * width));
        TVector c01 = TVector.Load(c + stepC), c11 = TVector.Load(c + stepC + width), c21 = TVector.Load(c + stepC + (2 * width));
        TVector c02 = TVector.Load(c + (2 * stepC)), c12 = TVector.Load(c + (2 * stepC) + width), c22 = TVector.Load(c + (2 * stepC) + (2 * width));
        TVector c03 = TVector.Load(c + (3 * stepC)), c13 = TVector.Load(c + (3 * stepC) + width), c23 = TVector.Load(c + (3 * stepC) + (2 * width));
        TVector c04 = TVector.Load(c + (4 * stepC)), c14 = TVector.Load(c + (4 * stepC) + width), c24 = TVector.Load(c + (4 * stepC) + (2 * width));
        TVector c05 = TVector.Load(c + (5 * stepC)), c15 = TVector.Load(c + (5 * stepC) + width), c25 = TVector.Load(c + (5 * stepC) + (2 * width));
        TVector c06 = TVector.Load(c + (6 * stepC)), c16 = TVector.Load(c + (6 * stepC) + width), c26 = TVector.Load(c + (6 * stepC) + (2 * width));
        TVector c07 = TVector.Load(c + (7 * stepC)), c17 = TVector.Load(c + (7 * stepC) + width), c27 = TVector.Load(c + (7 * stepC) + (2 * width));
        for (int k = 0; k < depth; k++, a += stepA, b += Columns)
        {
            TVector a0 = TVector.Load(a), a1 = TVector.Load(a + width), a2 = TVector.Load(a + (2 * width));
            TVector b0 = TVector.Broadcast(b[0]);
            (c00, c10, c20) = (TVector.Fma(a0, b0, c00), TVector.Fma(a1, b0, c10), TVector.Fma(a2, b0, c20));
            TVector b1 = TVector.Broadcast(b[1]);
            (c01, c11, c21) = (TVector.Fma(a0, b1, c01), TVector.Fma(a1, b1, c11), TVector.Fma(a2, b1, c21));
            TVector b2 = TVector.Broadcast(b[2]);
            (c02, c12, c22) = (TVector.Fma(a0, b2, c02), TVector.Fma(a1, b2, c12), TVector.Fma(a2, b2, c22));
            TVector b3 = TVector.Broadcast(b[3]);
            (c03, c13, c23) = (TVector.Fma(a0, b3, c03), TVector.Fma(a1, b3, c13), TVector.Fma(a2, b3, c23));
            TVector b4 = TVector.Broadcast(b[4]);
            (c04, c14, c24) = (TVector.Fma(a0, b4, c04), TVector.Fma(a1, b4, c14), TVector.Fma(a2, b4, c24));
            TVector b5 = TVector.Broadcast(b[5]);
            (c05, c15, c25) = (TVector.Fma(a0, b5, c05), TVector.Fma(a1, b5, c15), TVector.Fma(a2, b5, c25));
            TVector b6 = TVector.Broadcast(b[6]);
            (c06, c16, c26) = (TVector.Fma(a0, b6, c06), TVector.Fma(a1, b6, c16), TVector.Fma(a2, b6, c26));
            TVector b7 = TVector.Broadcast(b[7]);
            (c07, c17, c27) = (TVector.Fma(a0, b7, c07), TVector.Fma(a1, b7, c17), TVector.Fma(a2, b7, c27));
        }

        TVector.Store(c, c00);
        TVector.Store(c + width, c10);
        TVector.Store(c + (2 * width), c20);
        TVector.Store(c + stepC, c01);
        TVector.Store(c + stepC + width, c11);
        TVector.Store(c + stepC + (2 * width), c21);
        TVector.Store(c + (2 * stepC), c02);
        TVector.Store(c + (2 * stepC) + width, c12);
        TVector.Store(c + (2 * stepC) + (2 * width), c22);
        TVector.Store(c + (3 * stepC), c03);
        TVector.Store(c + (3 * stepC) + width, c13);
        TVector.Store(c + (3 * stepC) + (2 * width), c23);
        TVector.Store(c + (4 * stepC), c04);
        TVector.Store(c + (4 * stepC) + width, c14);
        TVector.Store(c + (4 * stepC) + (2 * width), c24);
        TVector.Store(c + (5 * stepC), c05);
        TVector.Store(c + (5 * stepC) + width, c15);
        TVector.Store(c + (5 * stepC) + (2 * width), c25);
        TVector.Store(c + (6 * stepC), c06);
        TVector.Store(c + (6 * stepC) + width, c16);
        TVector.Store(c + (6 * stepC) + (2 * width), c26);
        TVector.Store(c + (7 * stepC), c07);
        TVector.Store(c + (7 * stepC) + width, c17);
        TVector.Store(c + (7 * stepC) + (2 * width), c27);
    }

    /// <summary>2 vectors of rows by 8 columns: 16 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add2(int depth, T* a, nint stepA, T* b, T* c, nint stepC)
    {
        int width = TVector.Width;
        TVector c00 = TVector.Load(c), c10 = TVector.Load(c + width);
        TVector c01 = TVector.Load(c + stepC), c11 = TVector.Load(c + stepC + width);
        TVector c02 = TVector.Load(c + (2 * stepC)), c12 = TVector.Load(c + (2 * stepC) + width);
        TVector c03 = TVector.Load(c + (3 * stepC)), c13 = TVector.Load(c + (3 * stepC) + width);
        TVector c04 = TVector.Load(c + (4 * stepC)), c14 = TVector.Load(c + (4 * stepC) + width);
        TVector c05 = TVector.Load(c + (5 * stepC)), c15 = TVector.Load(c + (5 * stepC) + width);
        TVector c06 = TVector.Load(c + (6 * stepC)), c16 = TVector.Load(c + (6 * stepC) + width);
        TVector c07 = TVector.Load(c + (7 * stepC)), c17 = TVector.Load(c + (7 * stepC) + width);
        for (int k = 0; k < depth; k++, a += stepA, b += Columns)
        {
            TVector a0 = TVector.Load(a), a1 = TVector.Load(a + width);
            TVector b0 = TVector.Broadcast(b[0]);
            (c00, c10) = (TVector.Fma(a0, b0, c00), TVector.Fma(a1, b0, c10));
            TVector b1 = TVector.Broadcast(b[1]);
            (c01, c11) = (TVector.Fma(a0, b1, c01), TVector.Fma(a1, b1, c11));
            TVector b2 = TVector.Broadcast(b[2]);
            (c02, c12) = (TVector.Fma(a0, b2, c02), TVector.Fma(a1, b2, c12));
            TVector b3 = TVector.Broadcast(b[3]);
            (c03, c13) = (TVector.Fma(a0, b3, c03), TVector.Fma(a1, b3, c13));
            TVector b4 = TVector.Broadcast(b[4]);
            (c04, c14) = (TVector.Fma(a0, b4, c04), TVector.Fma(a1, b4, c14));
            TVector b5 = TVector.Broadcast(b[5]);
            (c05, c15) = (TVector.Fma(a0, b5, c05), TVector.Fma(a1, b5, c15));
            TVector b6 = TVector.Broadcast(b[6]);
            (c06, c16) = (TVector.Fma(a0, b6, c06), TVector.Fma(a1, b6, c16));
            TVector b7 = TVector.Broadcast(b[7]);
            (c07, c17) = (TVector.Fma(a0, b7, c07), TVector.Fma(a1, b7, c17));
        }

        TVector.Store(c, c00);
        TVector.Store(c + width, c10);
        TVector.Store(c + stepC, c01);
        TVector.Store(c + stepC + width, c11);
        TVector.Store(c + (2 * stepC), c02);
        TVector.Store(c + (2 * stepC) + width, c12);
        TVector.Store(c + (3 * stepC), c03);
        TVector.Store(c + (3 * stepC) + width, c13);
        TVector.Store(c + (4 * stepC), c04);
        TVector.Store(c + (4 * stepC) + width, c14);
        TVector.Store(c + (5 * stepC), c05);
        TVector.Store(c + (5 * stepC) + width, c15);
        TVector.Store(c + (6 * stepC), c06);
        TVector.Store(c + (6 * stepC) + width, c16);
        TVector.Store(c + (7 * stepC), c07);
        TVector.Store(c + (7 * stepC) + width, c17);
    }

    /// <summary>1 vector of rows by 8 columns: 8 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add1(int depth, T* a, nint stepA, T* b, T* c, nint stepC)
    {
        int width = TVector.Width;
        TVector c00 = TVector.Load(c);
        TVector c01 = TVector.Load(c + stepC);
        TVector c02 = TVector.Load(c + (2 * stepC));
        TVector c03 = TVector.Load(c + (3 * stepC));
        TVector c04 = TVector.Load(c + (4 * stepC));
        TVector c05 = TVector.Load(c + (5 * stepC));
        TVector c06 = TVector.Load(c + (6 * stepC));
        TVector c07 = TVector.Load(c + (7 * stepC));
        for (int k = 0; k < depth; k++, a += stepA, b += Columns)
        {
            TVector a0 = TVector.Load(a);
            TVector b0 = TVector.Broadcast(b[0]);
            c00 = TVector.Fma(a0, b0, c00);
            TVector b1 = TVector.Broadcast(b[1]);
            c01 = TVector.Fma(a0, b1, c01);
            TVector b2 = TVector.Broadcast(b[2]);
            c02 = TVector.Fma(a0, b2, c02);
            TVector b3 = TVector.Broadcast(b[3]);
            c03 = TVector.Fma(a0, b3, c03);
            TVector b4 = TVector.Broadcast(b[4]);
            c04 = TVector.Fma(a0, b4, c04);
            TVector b5 = TVector.Broadcast(b[5]);
            c05 = TVector.Fma(a0, b5, c05);
            TVector b6 = TVector.Broadcast(b[6]);
            c06 = TVector.Fma(a0, b6, c06);
            TVector b7 = TVector.Broadcast(b[7]);
            c07 = TVector.Fma(a0, b7, c07);
        }

        TVector.Store(c, c00);
        TVector.Store(c + stepC, c01);
        TVector.Store(c + (2 * stepC), c02);
        TVector.Store(c + (3 * stepC), c03);
        TVector.Store(c + (4 * stepC), c04);
        TVector.Store(c + (5 * stepC), c05);
        TVector.Store(c + (6 * stepC), c06);
        TVector.Store(c + (7 * stepC), c07);
    }
}
