using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>
/// The innermost loop of every product: a tile of the result that stays in registers while k runs. Lanes are rows of the result; each column's factor is broadcast.
/// </summary>
/// <remarks>
/// A lane is one element of the result, and its sum runs over k in order with fused multiply-add, so its bits are those of the plain loop
/// <c>for k: c = fma(a[k], b[k], c)</c> whatever the width. Four vectors by six columns keep 24 sums, 4 factors and 1 broadcast in the 32 registers of
/// AVX-512, and do 24 multiply-adds for 10 loads; machines with 16 registers use two vectors.
/// </remarks>
internal static unsafe class Tile<T, TRows, TColumns, TWalk>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRows : struct, ITileRows<TRows, T>
    where TColumns : struct, ITileColumns
    where TWalk : struct, ITileWalk
{
    /// <summary>c = start + a·b. The columns are written out, since only local variables stay in registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(in TileTask<T> task)
    {
        int rows = task.Rows;
        T* start = task.Start;

        // The columns that a narrow tile does not have are its last once more: where four rows share a vector, it is full.
        int i1 = Math.Min(1, TColumns.Count - 1), i2 = Math.Min(2, TColumns.Count - 1), i3 = Math.Min(3, TColumns.Count - 1), i4 = Math.Min(4, TColumns.Count - 1), i5 = TColumns.Count - 1;
        T* y0 = Column(task, 0), y1 = Column(task, i1), y2 = Column(task, i2), y3 = Column(task, i3), y4 = Column(task, i4), y5 = Column(task, i5);
        TRows c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        Vector512<float> last0 = default, last4 = default;
        if (task.Continues)
        {
            c0 = TRows.LoadFirst(y0, rows);
            if (TColumns.Count > 1)
                c1 = TRows.LoadFirst(y1, rows);
            if (TColumns.Count > 2)
                c2 = TRows.LoadFirst(y2, rows);
            if (TColumns.Count > 3)
                c3 = TRows.LoadFirst(y3, rows);
            if (TColumns.Count > 4)
                c4 = TRows.LoadFirst(y4, rows);
            if (TColumns.Count > 5)
                c5 = TRows.LoadFirst(y5, rows);
            if (TWalk.EndsInFourRows)
                last0 = FourRows.Join(FourRows.Load(y0 + rows, y1 + rows), FourRows.Load(y2 + rows, y3 + rows));
            if (TWalk.EndsInFourRows && TColumns.Count > 4)
                last4 = FourRows.Load(y4 + rows, y5 + rows);
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
            if (TWalk.EndsInFourRows)
                last0 = FourRows.Join(FourRows.Broadcast(start, start + i1), FourRows.Broadcast(start + i2, start + i3));
            if (TWalk.EndsInFourRows && TColumns.Count > 4)
                last4 = FourRows.Broadcast(start + i4, start + i5);
        }

        // What a tile of narrow vectors will write, lines of the cache that it does not wait for; tiles of wide ones gain nothing.
        if (!task.Continues && TRows.Lanes <= Workspace<T>.Line && Sse.IsSupported)
        {
            Sse.Prefetch0(y0);
            Sse.Prefetch0(y1);
            Sse.Prefetch0(y2);
            Sse.Prefetch0(y3);
            Sse.Prefetch0(y4);
            Sse.Prefetch0(y5);
        }

        T* b0 = Line(task, 0), b1 = Line(task, i1), b2 = Line(task, i2), b3 = Line(task, i3), b4 = Line(task, i4), b5 = Line(task, i5);
        T* first = task.A, a = first, four = a + rows;
        nint stepA = task.StepA, stepB = task.B.DepthStep, end = task.Depth * stepB;
        TapOffset* offset = task.Offsets;
        for (nint place = 0; place < end; place += stepB)
        {
            nint k = place;
            if (TWalk.FollowsTaps)
            {
                a = first + offset->Source;
                k = offset->Weight;
                offset++;
            }

            TRows x = TRows.Load(a);
            c0.AddProduct(x, b0 + k);
            if (TColumns.Count > 1)
                c1.AddProduct(x, b1 + k);
            Vector512<float> b01 = TWalk.EndsInFourRows ? FourRows.Broadcast(b0 + k, b1 + k) : default;
            if (TColumns.Count > 2)
                c2.AddProduct(x, b2 + k);
            if (TColumns.Count > 3)
                c3.AddProduct(x, b3 + k);
            if (TWalk.EndsInFourRows)
                FourRows.AddProduct(ref last0, four, FourRows.Join(b01, FourRows.Broadcast(b2 + k, b3 + k)));
            if (TColumns.Count > 4)
                c4.AddProduct(x, b4 + k);
            if (TColumns.Count > 5)
                c5.AddProduct(x, b5 + k);
            if (TWalk.EndsInFourRows && TColumns.Count > 4)
                FourRows.AddProduct(ref last4, four, FourRows.Broadcast(b4 + k, b5 + k));
            if (!TWalk.FollowsTaps)
                a += stepA;
            if (TWalk.EndsInFourRows)
                four += stepA;
        }

        Store(y0, c0, rows);
        if (TColumns.Count > 1)
            Store(y1, c1, rows);
        if (TColumns.Count > 2)
            Store(y2, c2, rows);
        if (TColumns.Count > 3)
            Store(y3, c3, rows);
        if (TColumns.Count > 4)
            Store(y4, c4, rows);
        if (TColumns.Count > 5)
            Store(y5, c5, rows);
        if (TWalk.EndsInFourRows)
            FourRows.Store(last0, y0 + rows, y1 + rows, y2 + rows, y3 + rows);
        if (TWalk.EndsInFourRows && TColumns.Count > 4)
            FourRows.Store(last4, y4 + rows, y5 + rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T* Line(in TileTask<T> task, int column) => task.B.Values + (TWalk.ScattersColumns ? task.LinesB[column] : column * task.B.LineStep);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T* Column(in TileTask<T> task, int column) => task.C + (TWalk.ScattersColumns ? task.LinesC[column] : column * task.StepC);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* y, TRows sums, int rows) => TRows.StoreFirst(y, TWalk.Rectifies ? TRows.Rectify(sums) : sums, rows);
}
