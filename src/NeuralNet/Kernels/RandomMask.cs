using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>Random masks: each element is 0 with a given probability, else a given number. And products with them.</summary>
/// <remarks>
/// The element at (row, column) goes by word <c>column mod 4</c> of the block of Philox4x32-10 with the counter (row, column / 4, stream), the generator of <see cref="CounterRandom"/>:
/// a pure function of key, stream, row and column, so that neither threads nor vectors nor the number of rows matter. Lanes are rows.
/// </remarks>
internal static unsafe class RandomMask
{
    /// <summary>How many columns one block of the generator serves.</summary>
    private const int BlockColumns = 4;

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
            Columns.Split((mask.Columns + BlockColumns - 1) / BlockColumns, BlockColumns * mask.Rows, new FillRange<T>(key, stream, threshold, bits, mask.Rows, mask.Columns, pm));
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
        public void Do(int first, int end)
        {
            if (Avx512F.IsSupported)
                Do<Words512>(first, end);
            else if (Avx2.IsSupported)
                Do<Words256>(first, end);
            else if (Vector128.IsHardwareAccelerated)
                Do<Words128>(first, end);
            else
                Do<ScalarWord>(first, end);
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private void Do<W>(int first, int end)
            where W : struct, IWords<W>
        {
            T* last = stackalloc T[W.Width];
            W limit = W.Broadcast(threshold), keptBits = W.Broadcast(bits);
            for (int block = first; block < end; block++)
            {
                T* column = mask + ((nint)block * BlockColumns * rows);
                int count = Math.Min(BlockColumns, columns - (block * BlockColumns));
                for (int row = 0; row < rows; row += W.Width)
                {
                    Philox(row, block, out W word0, out W word1, out W word2, out W word3);
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

        // CounterRandom.Word for several rows at once.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Philox<W>(int row, int block, out W c0, out W c1, out W c2, out W c3)
            where W : struct, IWords<W>
        {
            const int Rounds = 10;
            W multiplier0 = W.Broadcast(0xD2511F53), multiplier1 = W.Broadcast(0xCD9E8D57), weyl0 = W.Broadcast(0x9E3779B9), weyl1 = W.Broadcast(0xBB67AE85);
            (c0, c1, c2, c3) = (W.Counting((uint)row), W.Broadcast((uint)block), W.Broadcast(stream), W.Broadcast(stream >> 32));
            W key0 = W.Broadcast(key), key1 = W.Broadcast(key >> 32);
            for (int round = 0; round < Rounds; round++)
            {
                W product0 = multiplier0 * c0, product1 = multiplier1 * c2;
                (c0, c1, c2, c3) = (W.Upper(product1) ^ c1 ^ key0, product1, W.Upper(product0) ^ c3 ^ key1, product0);
                key0 += weyl0;
                key1 += weyl1;
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
