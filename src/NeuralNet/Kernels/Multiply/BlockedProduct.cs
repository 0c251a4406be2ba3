using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>The product in parts for threads, and each part in blocks that stay in the caches.</summary>
/// <remarks>
/// <para>
/// A part is a range of the result's columns, or of its rows where columns are few, and a thread does all of it by itself, packing included. So no thread waits for another's
/// packing, and each always has the same range of a weight: in the product that reads it, in its gradient's and in its update. What a thread writes stays in its own processor's cache.
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
    private const long WorthAThread = 400_000;

    /// <summary>The most k and columns of a block: as many as a square of 1024 has, in whole panels of columns.</summary>
    private const int DepthBlock = 1024, ColumnBlock = 1026;

    /// <summary>Columns from which on packing rows pays, though they lie side by side already.</summary>
    private const int WorthPackingRows = 128;

    /// <summary>Row panels from which on packing columns pays, where they lie side by side and so are read with jumps.</summary>
    private const int WorthPackingColumns = 3;

    /// <summary>The most k for which columns are fetched ahead: a panel of more takes longer to come than the tile before it takes.</summary>
    private const int MostFetched = 256;

    /// <summary>Up to how many column panels count as few: the steps from one to the next are uneven.</summary>
    private const int FewPanels = 16;

    private static int PanelRows => Tiles<T, V>.MostVectors * V.Width;

    /// <summary>c = start + a·b, where each column of c starts from its number in <paramref name="start"/>; from 0 if that is null.</summary>
    public static void Run(Operand<T> a, Operand<T> b, int depth, T* start, T* c, int rows, int columns)
    {
        int threads = (int)Math.Clamp((long)rows * columns * depth / WorthAThread, 1, ThreadLimit.Current);
        var whole = new Block { A = a, B = b, Depth = depth, Start = start, C = c, StepC = rows, Rows = rows, Columns = columns };
        whole.CutsColumns = columns >= 2 * Tiles<T, V>.MostColumns * threads || columns >= rows;
        whole.Parts = Math.Min(threads, whole.CutsColumns ? new ColumnPanels(columns).Count : Panels(rows, PanelRows));
        WorkerPool.Run(threads, whole.Parts, &RunPart, &whole);
    }

    private static int Panels(int lines, int linesOfPanel) => ((lines - 1) / linesOfPanel) + 1;

    // A thread's part, block by block.
    private static void RunPart(void* context, int part)
    {
        ref Block whole = ref *(Block*)context;
        Block all = whole.Part(part);
        int depthBlocks = Panels(all.Depth, DepthBlock);
        for (int column = 0; column < all.Columns; column += ColumnBlock)
        {
            for (int i = 0; i < depthBlocks; i++)
            {
                int k = (int)((long)all.Depth * i / depthBlocks), endK = (int)((long)all.Depth * (i + 1) / depthBlocks);
                Block block = all;
                (block.A, block.B) = (all.A.From(0, k), all.B.From(column, k));
                (block.Depth, block.Continues) = (endK - k, k > 0);
                block.Start = all.Start == null ? null : all.Start + column;
                block.C += column * all.StepC;
                block.Columns = Math.Min(ColumnBlock, all.Columns - column);
                RunTiles(block);
            }
        }
    }

    private static void RunTiles(in Block block)
    {
        int vectors = Panels(block.Rows, V.Width), rowPanels = Panels(vectors, Tiles<T, V>.MostVectors);
        var columnPanels = new ColumnPanels(block.Columns);

        // Rows are read as vectors, once for each column panel; columns number by number, once for each row panel. Rows that lie one behind the other have to be packed
        // for that; else it is a question of how often they are read. Where the last vector reaches past the last row, into the next k's, packing is the other way out.
        bool endsInFour = FourRows.Suit<T, V>(block.Rows), reachesPast = block.Rows % V.Width != 0 && !endsInFour;
        bool packsRows = block.A.LineStep != 1 || block.Columns >= WorthPackingRows || (reachesPast && (block.Depth <= 2 * block.Columns || block.A.DepthStep < V.Width));
        bool packsColumns = block.B.DepthStep != 1 && rowPanels >= WorthPackingColumns;
        int packedRows = PanelRows * (packsRows ? block.Depth : 1);
        T* packedA = Workspace<T>.Of(packedRows + (packsColumns ? block.Columns * block.Depth : 0)), packedB = packedA + packedRows;
        if (packsColumns)
            Packing.PackPanels(block.B, block.Columns, block.Depth, packedB);

        // What the caller has written comes from its cache to another thread's, a quarter of a microsecond for a line; so a panel is on its way while the tile before it is computed.
        bool fetches = block.IsFar && block.B.DepthStep == 1 && block.Depth <= MostFetched && Sse.IsSupported;
        if (fetches)
            Fetch(block, columnPanels, 0);

        for (int panel = 0; panel < rowPanels; panel++)
        {
            // Panels as even as can be, as those of columns: of three and four vectors, rather than one of a single vector last.
            int firstVector = vectors * panel / rowPanels, height = (vectors * (panel + 1) / rowPanels) - firstVector, row = firstVector * V.Width;
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
        }
    }

    private static void Fetch(in Block block, ColumnPanels panels, int turn)
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

    // A product, or a block of one.
    private struct Block
    {
        public Operand<T> A, B;
        public int Depth;
        public T* Start;
        public bool Continues;
        public T* C;
        public nint StepC;
        public int Rows, Columns;

        // How threads share it.
        public bool CutsColumns;
        public int Parts;

        // Which of the parts it is of.
        public int Index;

        // Whether another thread than the caller does it, as a rule.
        public readonly bool IsFar => Index > 0;

        // Whether columns are taken from the last to the first. Processors fetch ahead of what is written, and what they fetch another thread has to get back; so
        // of two parts that lie side by side both begin where they meet and go apart.
        private readonly bool Descends => Index % 2 == 0;

        // The columns of a turn's panel. Few panels are taken from the first half and from the second by turns: with even steps, processors would fetch ahead beyond the part each time,
        // into whatever lies there. Where there are many, it is good that they fetch ahead.
        public readonly (int First, int Count) Panel(ColumnPanels panels, int turn)
        {
            int panel = panels.Count > FewPanels ? turn : (turn / 2) + (turn % 2 == 0 ? 0 : (panels.Count + 1) / 2);
            if (Descends)
                panel = panels.Count - 1 - panel;
            int first = panels.First(panel);
            return (first, panels.First(panel + 1) - first);
        }

        public readonly Block Part(int part)
        {
            Block block = this;
            block.Index = part;
            if (CutsColumns)
            {
                int first = (int)((long)Columns * part / Parts), end = (int)((long)Columns * (part + 1) / Parts);
                block.B = B.From(first, 0);
                block.Start = Start == null ? null : Start + first;
                block.C += first * StepC;
                block.Columns = end - first;
            }
            else
            {
                int panels = Panels(Rows, PanelRows);
                int first = (int)((long)panels * part / Parts) * PanelRows, end = Math.Min(Rows, (int)((long)panels * (part + 1) / Parts) * PanelRows);
                block.A = A.From(first, 0);
                block.C += first;
                block.Rows = end - first;
            }

            return block;
        }
    }
}
