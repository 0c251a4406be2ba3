using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Random masks: each element is 0 with a given probability, else a given number. And products with them.</summary>
/// <remarks>
/// The element at (row, column) goes by word <c>column mod 4</c> of the block of <see cref="Philox"/> with the counter (row, column / 4, stream):
/// a pure function of key, stream, row and column, so that neither threads nor vectors nor the number of rows matter. Lanes are rows.
/// </remarks>
internal static unsafe class RandomMask
{
    /// <summary>Fills a mask with 0 and <paramref name="kept"/>.</summary>
    /// <param name="key">The key of the generator.</param>
    /// <param name="stream">The upper half of its counter.</param>
    /// <param name="ratio">The probability of 0, counted in parts of 2^32.</param>
    /// <param name="kept">What the others are.</param>
    /// <param name="mask">The mask.</param>
    public static void Fill<T>(ulong key, ulong stream, double ratio, T kept, MatrixSpan<T> mask)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ulong threshold = (ulong)Math.Round(ratio * (1L << 32));
        ulong bits = typeof(T) == typeof(float) ? Unsafe.BitCast<T, uint>(kept) : Unsafe.BitCast<T, ulong>(kept);
        fixed (T* pm = mask.Values)
            Columns.Split((mask.Columns + Philox.Words - 1) / Philox.Words, Philox.Words * mask.Rows, new FillRange<T>(key, stream, threshold, bits, mask.Rows, mask.Columns, pm));
    }

    /// <summary>y = x·mask, where so many consecutive columns share one of the mask.</summary>
    public static void Apply<T>(MatrixSpan<T> x, MatrixSpan<T> mask, int sharing, MatrixSpan<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x.Values, pm = mask.Values, py = y.Values)
            Columns.Each<T, ApplyWork<T>>(x.Columns, x.Rows, new(x.Rows, sharing, px, pm, py));
    }

    private readonly struct FillRange<T>(ulong key, ulong stream, ulong threshold, ulong bits, int rows, int columns, T* mask) : IColumnRange
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Do(int first, int end) => WidestWords.Run(new FillWork<T>(key, stream, threshold, bits, rows, columns, mask, first, end));
    }

    private readonly struct FillWork<T>(ulong key, ulong stream, ulong threshold, ulong bits, int rows, int columns, T* mask, int first, int end) : IOnWords
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public void Run<W>()
            where W : struct, IWords<W>
        {
            T* last = stackalloc T[W.Width];
            W limit = W.Broadcast(threshold), keptBits = W.Broadcast(bits);
            for (int block = first; block < end; block++)
            {
                T* column = mask + ((nint)block * Philox.Words * rows);
                int count = Math.Min(Philox.Words, columns - (block * Philox.Words));
                for (int row = 0; row < rows; row += W.Width)
                {
                    W word0 = W.Counting((uint)row), word1 = W.Broadcast((uint)block);
                    Philox.Draw(key, stream, ref word0, ref word1, out W word2, out W word3);
                    Store(column + row, W.Keep(word0, limit, keptBits), rows - row, last);
                    if (count > 1)
                        Store(column + rows + row, W.Keep(word1, limit, keptBits), rows - row, last);
                    if (count > 2)
                        Store(column + (2 * (nint)rows) + row, W.Keep(word2, limit, keptBits), rows - row, last);
                    if (count > 3)
                        Store(column + (3 * (nint)rows) + row, W.Keep(word3, limit, keptBits), rows - row, last);
                }
            }
        }

        // Whole vectors go straight to the mask; the rows that fill none by way of the stack.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Store<W>(T* destination, W value, int rows, T* last)
            where W : struct, IWords<W>
        {
            if (rows >= W.Width)
            {
                W.Store(destination, value);
                return;
            }

            W.Store(last, value);
            for (int i = 0; i < rows; i++)
                destination[i] = last[i];
        }
    }

    private readonly struct ApplyWork<T>(int rows, int sharing, T* x, T* mask, T* y) : IColumnWork<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<V>(int column)
            where V : struct, ISimd<V, T>
        {
            nint start = (nint)column * rows;
            T* ownX = x + start, ownMask = mask + ((nint)(column / sharing) * rows), ownY = y + start;
            int row = 0;
            for (; row <= rows - V.Width; row += V.Width)
                V.Store(ownY + row, V.Load(ownX + row) * V.Load(ownMask + row));
            if (row < rows)
                V.StoreFirst(ownY + row, V.LoadFirst(ownX + row, rows - row) * V.LoadFirst(ownMask + row, rows - row), rows - row);
        }
    }
}
