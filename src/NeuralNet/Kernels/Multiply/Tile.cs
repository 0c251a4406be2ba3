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
internal static unsafe class Tile<T, TRows, TColumns>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRows : struct, ITileRows<TRows, T>
    where TColumns : struct, ITileColumns
{
    /// <summary>c = start + a·b. The columns are written out, since only local variables stay in registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(in TileTask<T> task)
    {
        int rows = task.Rows;
        nint stepC = task.StepC, lineB = task.B.LineStep;
        T* c = task.C, start = task.Start;
        TRows c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        if (task.Continues)
        {
            c0 = TRows.LoadFirst(c, rows);
            if (TColumns.Count > 1)
                c1 = TRows.LoadFirst(c + stepC, rows);
            if (TColumns.Count > 2)
                c2 = TRows.LoadFirst(c + (2 * stepC), rows);
            if (TColumns.Count > 3)
                c3 = TRows.LoadFirst(c + (3 * stepC), rows);
            if (TColumns.Count > 4)
                c4 = TRows.LoadFirst(c + (4 * stepC), rows);
            if (TColumns.Count > 5)
                c5 = TRows.LoadFirst(c + (5 * stepC), rows);
        }
        else if (start != null)
        {
            c0 = TRows.Broadcast(start[0]);
            if (TColumns.Count > 1)
                c1 = TRows.Broadcast(start[1]);
            if (TColumns.Count > 2)
                c2 = TRows.Broadcast(start[2]);
            if (TColumns.Count > 3)
                c3 = TRows.Broadcast(start[3]);
            if (TColumns.Count > 4)
                c4 = TRows.Broadcast(start[4]);
            if (TColumns.Count > 5)
                c5 = TRows.Broadcast(start[5]);
        }

        T* a = task.A, b0 = task.B.Values, b1 = b0 + lineB, b2 = b1 + lineB, b3 = b2 + lineB, b4 = b3 + lineB, b5 = b4 + lineB;
        nint stepA = task.StepA, stepB = task.B.DepthStep, end = task.Depth * stepB;
        for (nint k = 0; k < end; k += stepB, a += stepA)
        {
            TRows x = TRows.Load(a);
            c0 = TRows.Fma(x, b0[k], c0);
            if (TColumns.Count > 1)
                c1 = TRows.Fma(x, b1[k], c1);
            if (TColumns.Count > 2)
                c2 = TRows.Fma(x, b2[k], c2);
            if (TColumns.Count > 3)
                c3 = TRows.Fma(x, b3[k], c3);
            if (TColumns.Count > 4)
                c4 = TRows.Fma(x, b4[k], c4);
            if (TColumns.Count > 5)
                c5 = TRows.Fma(x, b5[k], c5);
        }

        TRows.StoreFirst(c, c0, rows);
        if (TColumns.Count > 1)
            TRows.StoreFirst(c + stepC, c1, rows);
        if (TColumns.Count > 2)
            TRows.StoreFirst(c + (2 * stepC), c2, rows);
        if (TColumns.Count > 3)
            TRows.StoreFirst(c + (3 * stepC), c3, rows);
        if (TColumns.Count > 4)
            TRows.StoreFirst(c + (4 * stepC), c4, rows);
        if (TColumns.Count > 5)
            TRows.StoreFirst(c + (5 * stepC), c5, rows);
    }
}
