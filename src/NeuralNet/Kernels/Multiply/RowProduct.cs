namespace NeuralNet.Kernels;

/// <summary>The product of a single row or a few, y = start + x·b: so few multiply-adds for each number of b that reading b is what counts.</summary>
/// <remarks>
/// Lanes are columns of b, a few vectors of them at a time. Where the columns lie one behind the other, as in a weight, small blocks are transposed and used at once, for all rows.
/// Each sum runs over k in order: a sample has the same bits alone and in a batch.
/// </remarks>
internal static unsafe class RowProduct<T, V>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : struct, ISimd<V, T>
{
    /// <summary>
    /// How many vectors of columns are summed together: more than one, so that one's sums go on while another's wait for their last multiply-add. Few where b is far, since so many lines of
    /// memory are read side by side; the last may then be three, rather than two and one.
    /// </summary>
    private const int MostVectors = 4, FarVectors = 2, LastFarVectors = 3;

    /// <summary>Up to how many rows take less time than in a tile, where they would leave most lanes empty.</summary>
    private const int FewRows = 4;

    /// <summary>Numbers of b from which on a second thread pays: less than multiply-adds for many rows, because what counts is reading b.</summary>
    private const long WorthAThread = 200_000;

    /// <summary>How many k are transposed at once.</summary>
    private const int DepthBlock = 16;

    /// <summary>More than the second-level cache holds beside other things.</summary>
    private const int FarBytes = 768 * 1024;

    /// <summary>A line of the caches, and how far apart columns take each other's places in the first-level cache.</summary>
    private const int LineBytes = 64, AliasBytes = 4096;

    /// <summary>Up to how many rows are better multiplied here than in tiles. Doubles, half as many to a vector, leave fewer of a tile's lanes empty, and are transposed more slowly.</summary>
    public static int MostRows(Operand<T> b, int columns) => sizeof(T) == sizeof(float) && b.DepthStep == 1 && columns >= V.Width ? FewRows : 1;

    /// <summary>Computes a whole product of few rows.</summary>
    public static void Run(in ProductBlock<T> product)
    {
        int rows = product.Rows, columns = product.Columns;
        var task = new Task { X = product.A, B = product.B, Depth = product.Depth, Start = product.Start, Y = product.C, Rows = rows, Columns = columns };
        task.Parts = Math.Min(ThreadLimit.For((long)task.Depth * columns, WorthAThread), ((columns - 1) / V.Width) + 1);
        WorkerPool.Run(task.Parts, task.Parts, &RunPart, &task);
        if (product.Rectifies)
            Elementwise.Forward<T, ReluOperator<T>>(default, new(product.C, rows * columns), new(product.C, rows * columns));
    }

    // Some vectors of columns.
    private static void RunPart(void* context, int part)
    {
        Task task = *(Task*)context;
        int vectors = ((task.Columns - 1) / V.Width) + 1;
        int first = EvenParts.Start(part, task.Parts, vectors) * V.Width, end = Math.Min(task.Columns, EvenParts.Start(part + 1, task.Parts, vectors) * V.Width);
        task.B = task.B.From(first, 0);
        task.Start = task.Start == null ? null : task.Start + first;
        task.Y += first * task.Rows;
        task.Columns = end - first;
        RunColumns(task);
    }

    private static void RunColumns(in Task task)
    {
        int rows = task.Rows, lanes = task.Lanes;
        T* sums = Workspace<T>.Of(((MostVectors * rows) + DepthBlock) * V.Width), block = sums + (MostVectors * rows * V.Width);
        T** firsts = stackalloc T*[MostVectors];
        int all = ((task.Columns - 1) / V.Width) + 1;
        bool isFar = (long)task.Columns * task.Depth * sizeof(T) > FarBytes || task.B.LineStep * sizeof(T) % AliasBytes == 0;
        for (int done = 0, vectors; done < all; done += vectors)
        {
            vectors = all - done <= (isFar ? LastFarVectors : MostVectors) ? all - done : isFar ? FarVectors : MostVectors;
            for (int i = 0; i < vectors; i++)
            {
                int column = task.FirstColumn(done + i);
                firsts[i] = task.B.From(column, 0).Values;
                for (int row = 0; row < rows; row++)
                    V.Store(sums + (((i * rows) + row) * V.Width), task.Start == null ? V.Broadcast(T.Zero) : V.LoadFirst(task.Start + column, lanes));
            }

            // Where columns begin lines of the cache, each line is read once; one that is read in two turns may have left the cache between them.
            int k = isFar ? Math.Min(ToNextLine(firsts[0], task.B), task.Depth) : 0;
            AddBlocks(task, 0, k, firsts, vectors, block, sums);
            k += AddSquares(task, k, firsts, vectors, isFar, sums);
            AddBlocks(task, k, task.Depth, firsts, vectors, block, sums);
            for (int i = 0; i < vectors; i++)
                Store(sums + (i * rows * V.Width), lanes, task.Y + (task.FirstColumn(done + i) * rows), rows);
        }
    }

    // How many k come before all columns begin a line of the cache together; 0 if they never do.
    private static int ToNextLine(T* first, Operand<T> b) =>
        b.LineStep * sizeof(T) % LineBytes != 0 ? 0 : (int)(-(nint)first & (LineBytes - 1)) / sizeof(T);

    // As many k as can be transposed in registers, sixteen by sixteen.
    private static int AddSquares(in Task task, int k, T** firsts, int vectors, bool isFar, T* sums)
    {
        if (typeof(V) != typeof(Simd512<float>) || !SquareTranspose.IsSupported || task.Lanes < V.Width || task.B.DepthStep != 1)
            return 0;
        int squares = (task.Depth - k) / DepthBlock;
        var x = new Operand<float>((float*)task.X.Values, task.X.LineStep, task.X.DepthStep);
        SquareTranspose.MultiplyAdd(x, task.Rows, (float**)firsts, vectors, task.B.LineStep, k, squares, isFar, (float*)sums);
        return squares * DepthBlock;
    }

    private static void AddBlocks(in Task task, int k, int endK, T** firsts, int vectors, T* block, T* sums)
    {
        for (; k < endK; k += DepthBlock)
        {
            for (int vector = 0; vector < vectors; vector++)
            {
                var b = new Operand<T>(firsts[vector], task.B.LineStep, task.B.DepthStep);
                AddBlock(task.X.From(0, k), task.Rows, b.From(0, k), task.Lanes, Math.Min(DepthBlock, endK - k), block, sums + (vector * task.Rows * V.Width));
            }
        }
    }

    // For each row a vector of sums.
    private static void AddBlock(Operand<T> x, int rows, Operand<T> b, int lanes, int depth, T* block, T* sums)
    {
        Packing.Pack(b, lanes, V.Width, depth, block);
        for (int row = 0; row < rows; row++)
        {
            V sum = V.Load(sums + (row * V.Width));
            for (int k = 0; k < depth; k++)
                sum = V.Fma(V.Load(block + (k * V.Width)), V.Broadcast(*x.From(row, k).Values), sum);
            V.Store(sums + (row * V.Width), sum);
        }
    }

    private static void Store(T* sums, int lanes, T* y, int rows)
    {
        if (rows == 1)
        {
            V.StoreFirst(y, V.Load(sums), lanes);
            return;
        }

        for (int lane = 0; lane < lanes; lane++)
        {
            for (int row = 0; row < rows; row++)
                y[(lane * rows) + row] = sums[(row * V.Width) + lane];
        }
    }

    private struct Task
    {
        public Operand<T> X, B;
        public int Depth;
        public T* Start, Y;
        public int Rows, Columns, Parts;

        public readonly int Lanes => Math.Min(V.Width, Columns);

        // The last vector goes over columns of the one before it once more, rather than reach past the end.
        public readonly int FirstColumn(int vector) => Math.Min(vector * V.Width, Columns - Lanes);
    }
}
