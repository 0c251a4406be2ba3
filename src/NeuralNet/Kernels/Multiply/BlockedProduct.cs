namespace NeuralNet.Kernels;

/// <summary>The product in parts for threads, and each part in blocks that stay in the caches.</summary>
/// <remarks>
/// <para>
/// A part is a range of the result's columns, or of its rows where columns are few, and a thread does all of it by itself, packing included: no thread waits for another's
/// packing, and the part of the result, of the weights and of their gradients that a thread works on is the same in every product and in the update, so that it stays in that processor's cache.
/// </para>
/// <para>
/// Within a part the rows are cut into panels of up to four vectors and the columns into panels of six; a tile is where two of them meet. A row panel of one block of k is packed
/// and stays in the second-level cache while column panel after column panel passes through the first.
/// </para>
/// <para>
/// The order of every sum is k = 0, 1, 2, ... whatever the blocks: a block ends by storing the sums exactly and the next begins by loading them.
/// </para>
/// </remarks>
internal static unsafe class BlockedProduct<T, V>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : struct, ISimd<V, T>
{
    private const int TileColumns = Tiles<T, V>.Columns;

    /// <summary>How many k and columns, a multiple of six, make a block.</summary>
    private const int DepthBlock = 1024, ColumnBlock = 1020;

    /// <summary>Multiply-adds from which on a second thread pays.</summary>
    private const long WorthAThread = 400_000;

    /// <summary>Multiply-adds of a part that is small enough to be given to whoever has nothing to do, and how many of these a thread has at most.</summary>
    private const long WorthAPart = 8_000_000, PartsPerThread = 4;

    /// <summary>Columns from which on packing rows pays, though they lie side by side already.</summary>
    private const int WorthPacking = 128;

    /// <summary>Row panels up to which packing columns does not pay, though they are read with jumps.</summary>
    private const int FewPanels = 2;

    private static int PanelRows => Tiles<T, V>.MostVectors * V.Width;

    /// <summary>c = start + a·b, where each column of c starts from its number in <paramref name="start"/>, from 0 if that is null.</summary>
    public static void Run(Operand<T> a, Operand<T> b, int depth, T* start, T* c, int rows, int columns)
    {
        var product = new Whole { A = a, B = b, Depth = depth, Start = start, C = c, Rows = rows, Columns = columns };
        long work = (long)rows * columns * depth;
        int threads = (int)Math.Clamp(work / WorthAThread, 1, ThreadLimit.Current);
        int parts = threads == 1 ? 1 : (int)Math.Clamp(work / WorthAPart, threads, PartsPerThread * threads);
        int rowPanels = Panels(rows, PanelRows), columnPanels = Panels(columns, TileColumns);
        product.CutsColumns = columns >= rows || rowPanels < threads;
        product.Parts = Math.Min(parts, product.CutsColumns ? columnPanels : rowPanels);
        WorkerPool.Run(threads, product.Parts, &RunPart, &product);
    }

    private static int Panels(int lines, int linesOfPanel) => ((lines - 1) / linesOfPanel) + 1;

    private static void RunPart(void* context, int part)
    {
        ref Whole whole = ref *(Whole*)context;
        (int firstRow, int endRow, int firstColumn, int endColumn) = (0, whole.Rows, 0, whole.Columns);
        if (whole.CutsColumns)
            (firstColumn, endColumn) = whole.Range(part, whole.Columns, TileColumns);
        else
            (firstRow, endRow) = whole.Range(part, whole.Rows, PanelRows);

        for (int column = firstColumn; column < endColumn; column += ColumnBlock)
        {
            int blocks = Panels(whole.Depth, DepthBlock);
            for (int i = 0; i < blocks; i++)
            {
                int k = (int)((long)whole.Depth * i / blocks), endK = (int)((long)whole.Depth * (i + 1) / blocks);
                var block = new Block
                {
                    A = whole.A.From(firstRow, k),
                    B = whole.B.From(column, k),
                    Depth = endK - k,
                    Start = whole.Start == null ? null : whole.Start + column,
                    Continues = k > 0,
                    C = whole.C + firstRow + ((nint)column * whole.Rows),
                    StepC = whole.Rows,
                    Rows = endRow - firstRow,
                    Columns = Math.Min(ColumnBlock, endColumn - column),
                };
                RunBlock(ref block);
            }
        }
    }

    private static void RunBlock(ref Block block)
    {
        int vectors = Panels(block.Rows, V.Width), rowPanels = Panels(vectors, Tiles<T, V>.MostVectors), columnPanels = Panels(block.Columns, TileColumns), depth = block.Depth;

        // Rows are read once for each column panel: packed where they do not lie side by side, or where it is often.
        bool packsA = block.A.LineStep != 1 || block.Columns >= WorthPacking;

        // Columns are read number by number: one line after the other will do, but lines side by side would jump from k to k, again for each row panel.
        bool packsB = block.B.DepthStep != 1 && rowPanels > FewPanels;
        T* packedA = Workspace<T>.Own.Of((PanelRows * (packsA ? depth : 1)) + (packsB ? columnPanels * TileColumns * depth : 0));
        T* packedB = packedA + (PanelRows * (packsA ? depth : 1));
        if (packsB)
            Packing.PackPanels(block.B, block.Columns, TileColumns, depth, packedB);

        T* start = stackalloc T[TileColumns];
        for (int panel = 0; panel < rowPanels; panel++)
        {
            // Panels as even as can be: of three and four vectors, rather than one of a single vector last.
            int row = vectors * panel / rowPanels * V.Width, height = (vectors * (panel + 1) / rowPanels * V.Width) - row, rows = Math.Min(height, block.Rows - row);
            Operand<T> a = block.A.From(row, 0);
            if (packsA)
            {
                Packing.Pack(a, rows, height, depth, packedA);
                a = new(packedA, 1, height);
            }
            else if (rows < height)
            {
                Packing.Pack(a.From(0, depth - 1), rows, height, 1, packedA);
            }

            for (int column = 0; column < block.Columns; column += TileColumns)
            {
                int columns = Math.Min(TileColumns, block.Columns - column);
                Operand<T> b = packsB ? new(packedB + ((nint)column * depth), 1, TileColumns) : block.B.From(column, 0);
                for (int i = 0; i < columns; i++)
                    start[i] = block.Start == null ? T.Zero : block.Start[column + i];
                T* c = block.C + row + (column * block.StepC);
                if (packsA || rows == height)
                {
                    Tiles<T, V>.Run(height / V.Width, a.Values, a.DepthStep, b, block.Depth, start, block.Continues, c, block.StepC, rows, columns);
                }
                else
                {
                    Tiles<T, V>.Run(height / V.Width, a.Values, a.DepthStep, b, block.Depth - 1, start, block.Continues, c, block.StepC, rows, columns);
                    Tiles<T, V>.Run(height / V.Width, packedA, height, b.From(0, block.Depth - 1), 1, start, true, c, block.StepC, rows, columns);
                }
            }
        }
    }

    private struct Whole
    {
        public Operand<T> A, B;
        public int Depth;
        public T* Start;
        public T* C;
        public int Rows, Columns;
        public bool CutsColumns;
        public int Parts;

        // As even as whole panels allow.
        public readonly (int First, int End) Range(int part, int lines, int linesOfPanel)
        {
            int panels = Panels(lines, linesOfPanel);
            return ((int)((long)panels * part / Parts) * linesOfPanel, Math.Min(lines, (int)((long)panels * (part + 1) / Parts) * linesOfPanel));
        }
    }

    private struct Block
    {
        public Operand<T> A, B;
        public int Depth;
        public T* Start;
        public bool Continues;
        public T* C;
        public nint StepC;
        public int Rows, Columns;
    }
}
