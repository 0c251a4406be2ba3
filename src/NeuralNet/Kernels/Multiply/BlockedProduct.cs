namespace NeuralNet.Kernels;

/// <summary>The product in blocks: which parts are packed when, and which thread computes which part of the result.</summary>
/// <remarks>
/// <para>
/// For each block of <see cref="ColumnBlock"/> columns, b is packed once into panels of eight columns, by all threads together. Then a unit of work is one panel of rows
/// against a range of these columns: for each <see cref="DepthBlock"/> of k its part of a is packed (or read where it lies, if that is as good) and stays in the
/// second-level cache, while panel after panel of b passes through the first.
/// </para>
/// <para>
/// Block sizes are constants, so the order of every sum is k = 0, 1, 2, ... on every machine: a block ends by storing the accumulators exactly and the next begins by loading them.
/// </para>
/// </remarks>
internal static unsafe class BlockedProduct<T, TVector>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    private const int DepthBlock = 256;
    private const int ColumnBlock = 512;

    /// <summary>Multiply-adds from which on a second thread pays.</summary>
    private const long WorthAThread = 400_000;

    /// <summary>Columns from which on packing a panel of a pays, though its rows lie side by side already.</summary>
    private const int WorthPacking = 32;

    private const int TileColumns = Tile<T, TVector>.Columns;

    private static int PanelRows => Tile<T, TVector>.MostVectors * TVector.Width;

    /// <summary>c += a·b.</summary>
    public static void Add(Operand<T> a, Operand<T> b, int depth, T* c, int rows, int columns)
    {
        int threads = (int)Math.Clamp((long)rows * columns * depth / WorthAThread, 1, ThreadLimit.Current);
        for (int column = 0; column < columns; column += ColumnBlock)
        {
            var block = new Block { A = a, B = b, C = c, Depth = depth, Rows = rows, Column = column, Columns = Math.Min(ColumnBlock, columns - column) };
            block.PackedB = Workspace<T>.Shared.Of(block.Panels * TileColumns * depth);
            block.ChooseUnits(threads);
            WorkerPool.Run(threads, block.Panels, &PackColumns, &block);
            WorkerPool.Run(threads, block.RowUnits * block.ColumnUnits, &AddUnit, &block);
        }
    }

    private static void PackColumns(void* context, int panel)
    {
        ref Block block = ref *(Block*)context;
        int first = panel * TileColumns;
        Packing.Pack(block.B, block.Column + first, Math.Min(TileColumns, block.Columns - first), TileColumns, 0, block.Depth, block.PackedB + ((nint)first * block.Depth));
    }

    // One panel of rows against a range of column panels.
    private static void AddUnit(void* context, int unit)
    {
        ref Block block = ref *(Block*)context;
        int row = unit / block.ColumnUnits * PanelRows, part = unit % block.ColumnUnits;
        int firstPanel = block.Panels * part / block.ColumnUnits, endPanel = block.Panels * (part + 1) / block.ColumnUnits;
        int rows = Math.Min(PanelRows, block.Rows - row);
        int vectors = (rows + TVector.Width - 1) / TVector.Width, height = vectors * TVector.Width;
        bool isPacked = block.A.LineStep != 1 || rows < height || block.Columns >= WorthPacking;
        T* edge = Workspace<T>.Own.Of(height * (TileColumns + Math.Min(DepthBlock, block.Depth)));
        T* packedA = edge + (height * TileColumns);

        for (int k = 0; k < block.Depth; k += DepthBlock)
        {
            int depth = Math.Min(DepthBlock, block.Depth - k);
            if (isPacked)
                Packing.Pack(block.A, row, rows, height, k, depth, packedA);
            T* a = isPacked ? packedA : block.A.At(row, k);
            nint stepA = isPacked ? height : block.A.DepthStep;
            for (int panel = firstPanel; panel < endPanel; panel++)
            {
                int first = panel * TileColumns;
                int columns = Math.Min(TileColumns, block.Columns - first);
                T* b = block.PackedB + ((nint)first * block.Depth) + (k * TileColumns);
                T* c = block.C + row + ((nint)(block.Column + first) * block.Rows);
                if (rows == height && Tile<T, TVector>.WritesOnly(columns))
                    Tile<T, TVector>.Add(vectors, columns, depth, a, stepA, b, c, block.Rows);
                else
                    AddAtEdge(vectors, depth, a, stepA, b, c, block.Rows, rows, columns, edge, height);
            }
        }
    }

    // A tile that reaches past the result's end works on a copy.
    private static void AddAtEdge(int vectors, int depth, T* a, nint stepA, T* b, T* c, int stepC, int rows, int columns, T* edge, int height)
    {
        for (int column = 0; column < columns; column++)
            new ReadOnlySpan<T>(c + ((nint)column * stepC), rows).CopyTo(new Span<T>(edge + ((nint)column * height), rows));
        Tile<T, TVector>.Add(vectors, columns, depth, a, stepA, b, edge, height);
        for (int column = 0; column < columns; column++)
            new ReadOnlySpan<T>(edge + ((nint)column * height), rows).CopyTo(new Span<T>(c + ((nint)column * stepC), rows));
    }

    private struct Block
    {
        public Operand<T> A;
        public Operand<T> B;
        public T* C;
        public T* PackedB;
        public int Depth;
        public int Rows;
        public int Column;
        public int Columns;
        public int RowUnits;
        public int ColumnUnits;

        public readonly int Panels => (Columns + TileColumns - 1) / TileColumns;

        // Row panels alone where there are plenty; few of them are split by columns too, so that no thread waits long for another's last unit.
        public void ChooseUnits(int threads)
        {
            RowUnits = (Rows + PanelRows - 1) / PanelRows;
            ColumnUnits = threads == 1 ? 1 : Math.Clamp(4 * threads / RowUnits, 1, Panels);
        }
    }
}
