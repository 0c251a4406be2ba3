using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>The product in parts for threads, and each part in blocks that stay in the caches.</summary>
/// <remarks>
/// <para>
/// A part is a range of the result's columns, or of its rows where columns are few, and a thread does all of it by itself, packing included. So no thread waits for another's
/// packing, and each has the same range of a weight, as <see cref="ThreadShares"/> cuts it: in the product that reads it, in its gradient's and in its update. What a thread writes
/// stays in its own processor's cache.
/// </para>
/// <para>
/// Within a part the rows are cut into panels of up to four vectors and the columns into panels of up to six; a <see cref="Tile{T, TRows, TColumns, TWalk}"/> is where two of them meet.
/// Four rows behind the last whole vector share vectors with those of other columns where that pays: <see cref="FourRows"/>.
/// A row panel of one block of k is packed and stays in the second-level cache while column panel after column panel passes through the first.
/// </para>
/// <para>The order of every sum is k = 0, 1, 2, ... whatever the blocks: a block ends by storing the sums exactly and the next begins by loading them.</para>
/// </remarks>
internal static unsafe class BlockedProduct<T, V>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : struct, ISimd<V, T>
{
    /// <summary>Multiply-adds from which on a second thread pays.</summary>
    private const long WorthAThread = 300_000;

    /// <summary>The most k and columns of a block: as many as a square of 1024 has, in whole panels of columns.</summary>
    private const int DepthBlock = 1024, ColumnBlock = 1026;

    /// <summary>Columns from which on packing rows pays, though they lie side by side already.</summary>
    private const int WorthPackingRows = 128;

    /// <summary>Row panels from which on packing columns pays, where they lie side by side and so are read with jumps.</summary>
    private const int WorthPackingColumns = 3;

    /// <summary>The most k for which columns are fetched ahead: a panel of more takes longer to come than the tile before it takes.</summary>
    private const int MostFetched = 256;

    private static int PanelRows => Tiles<T, V>.MostVectors * V.Width;

    /// <summary>Computes a product on as many threads as are worth it.</summary>
    public static void Run(in ProductBlock<T> product)
    {
        long work = (long)product.Rows * product.Columns * product.Depth;
        int threads = ThreadLimit.For(work, WorthAThread);
        bool cutsColumns = product.Columns >= 2 * Tiles<T, V>.MostColumns * threads || product.Columns >= product.Rows;
        int rowPanels = Panels(product.Rows, PanelRows);
        threads = Math.Min(threads, cutsColumns ? new ColumnPanels(product.Columns).Count : rowPanels);
        int* starts = stackalloc int[threads + 1];
        ThreadShares.Cut(cutsColumns ? product.Columns : rowPanels, threads, 1, starts);
        var region = new Region { Product = product, CutsColumns = cutsColumns, Starts = starts };
        WorkerPool.Run(threads, threads, &RunPart, &region, cutsColumns && ThreadShares.Tells(product.Columns, work, threads));
    }

    /// <summary>Computes a product on this thread, block by block.</summary>
    public static void RunBlocks(in ProductBlock<T> product)
    {
        int depthBlocks = Panels(product.Depth, DepthBlock);
        for (int column = 0; column < product.Columns; column += ColumnBlock)
        {
            for (int i = 0; i < depthBlocks; i++)
            {
                ProductBlock<T> block = product;
                block.KeepColumns(column, Math.Min(column + ColumnBlock, product.Columns));
                block.KeepDepth(EvenParts.Start(i, depthBlocks, product.Depth), EvenParts.Start(i + 1, depthBlocks, product.Depth));
                RunTiles(block);
            }
        }
    }

    private static int Panels(int lines, int linesOfPanel) => ((lines - 1) / linesOfPanel) + 1;

    private static void RunPart(void* context, int index)
    {
        ref Region region = ref *(Region*)context;
        ProductBlock<T> part = region.Product;
        part.Thread = index;
        int first = region.Starts[index], end = region.Starts[index + 1];
        if (first == end)
            return;
        if (region.CutsColumns)
            part.KeepColumns(first, end);
        else
            part.KeepRows(first * PanelRows, Math.Min(end * PanelRows, part.Rows));
        RunBlocks(part);
    }

    private static void RunTiles(in ProductBlock<T> block)
    {
        int vectors = Panels(block.Rows, V.Width), rowPanels = Panels(vectors, Tiles<T, V>.MostVectors);
        var columnPanels = new ColumnPanels(block.Columns);

        // Rows are read as vectors, once for each column panel; columns number by number, once for each row panel. Rows that lie one behind the other have to be packed
        // for that; else it is a question of how often they are read. Where the last vector reaches past the last row, into the next k's, packing is the other way out.
        bool endsInFour = FourRows.Suit<T, V>(block.Rows), reachesPast = block.Rows % V.Width != 0 && !endsInFour;
        bool packsRows = block.A.LineStep != 1 || block.Columns >= WorthPackingRows || (reachesPast && (block.Depth <= 2 * block.Columns || block.A.DepthStep < V.Width));
        bool packsColumns = block.B.DepthStep != 1 && rowPanels >= WorthPackingColumns;
        T* packedA = Workspace<T>.Of(Room(block)), packedB = packedA + (PanelRows * (packsRows ? block.Depth : 1));
        if (packsColumns)
            Packing.PackPanels(block.B, block.Columns, block.Depth, packedB);

        // What the caller has written comes from its cache to another thread's, a quarter of a microsecond for a line; so a panel is on its way while the tile before it is computed.
        bool fetches = block.Thread > 0 && block.B.DepthStep == 1 && block.Depth <= MostFetched && Sse.IsSupported;
        if (fetches)
            Fetch(block, columnPanels, 0);

        for (int panel = 0; panel < rowPanels; panel++)
        {
            // Panels as even as can be, as those of columns: of three and four vectors, rather than one of a single vector last.
            int firstVector = EvenParts.Start(panel, rowPanels, vectors), height = EvenParts.Start(panel + 1, rowPanels, vectors) - firstVector, row = firstVector * V.Width;
            int rows = Math.Min(height * V.Width, block.Rows - row);
            bool isLast = panel == rowPanels - 1, splitsLast = isLast && reachesPast && !packsRows, hasFour = isLast && endsInFour;
            Operand<T> a = block.A.From(row, 0);
            var task = new TileTask<T> { A = a.Values, StepA = a.DepthStep, Continues = block.Continues, StepC = block.StepC, Rows = hasFour ? rows - FourRows.Count : rows };
            if (packsRows)
            {
                Packing.Pack(a, rows, height * V.Width, block.Depth, packedA);
                task.A = packedA;
                task.StepA = height * V.Width;
            }
            else if (splitsLast)
            {
                // There is no next k to the last, so that one is packed, and takes a tile of its own.
                Packing.Pack(a.From(0, block.Depth - 1), rows, height * V.Width, 1, packedA);
            }

            for (int i = 0; i < columnPanels.Count; i++)
            {
                if (fetches && panel == 0)
                    Fetch(block, columnPanels, i + 1);
                (int column, int columns) = block.Panel(columnPanels, i);
                task.B = packsColumns ? new(packedB + ((nint)column * block.Depth), 1, columns) : block.B.From(column, 0);
                task.Depth = splitsLast ? block.Depth - 1 : block.Depth;
                task.Start = block.Start == null ? null : block.Start + column;
                task.C = block.C + row + (column * block.StepC);
                if (hasFour)
                    Tiles<T, V>.Run<FourRowsWalk>(height - 1, columns, task);
                else
                    Tiles<T, V>.Run<EvenWalk>(height, columns, task);
                if (splitsLast)
                {
                    TileTask<T> last = task with { A = packedA, B = task.B.From(0, block.Depth - 1), Depth = 1, Continues = true };
                    Tiles<T, V>.Run<EvenWalk>(height, columns, last);
                }
            }

            // All tiles after the last, not each at once: the lines that were written may have to come from another processor before they can be read.
            for (int column = 0; block.Rectifies && column < block.Columns; column++)
                Rectify(block.C + row + (column * block.StepC), rows);
        }
    }

    // Enough for any part of the product, since which one a thread has may change at any time, and nothing is to be allocated then.
    private static int Room(in ProductBlock<T> block)
    {
        bool mayPackColumns = block.B.DepthStep != 1 && Panels(block.WholeRows, PanelRows) >= WorthPackingColumns;
        return Math.Min(block.WholeDepth, DepthBlock) * (PanelRows + (mayPackColumns ? Math.Min(block.WholeColumns, ColumnBlock) : 0));
    }

    private static void Fetch(in ProductBlock<T> block, ColumnPanels panels, int turn)
    {
        if (turn == panels.Count)
            return;
        (int column, int columns) = block.Panel(panels, turn);
        for (int i = 0; i < columns; i++)
        {
            for (int k = 0; k < block.Depth; k += Workspace<T>.Line)
                Sse.Prefetch0(block.B.From(column + i, k).Values);
        }
    }

    private static void Rectify(T* values, int length)
    {
        int i = 0;
        for (; i <= length - V.Width; i += V.Width)
            V.Store(values + i, V.Rectify(V.Load(values + i)));
        if (i < length)
            V.StoreFirst(values + i, V.Rectify(V.LoadFirst(values + i, length - i)), length - i);
    }

    private struct Region
    {
        public ProductBlock<T> Product;
        public bool CutsColumns;
        public int* Starts;
    }
}
