namespace NeuralNet.Kernels;

/// <summary>The product of a single row, y = start + x·b: one multiply-add for each number of b, so that reading b is what counts.</summary>
/// <remarks>
/// Lanes are columns of b, a few vectors of them at a time. Where the columns lie one behind the other, as in a weight, small blocks are transposed and used at once.
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

    /// <summary>Multiply-adds from which on a second thread pays: less than for many rows, because what counts is reading b.</summary>
    private const long WorthAThread = 200_000;

    /// <summary>How many k are transposed at once.</summary>
    private const int DepthBlock = 16;

    /// <summary>More than the second-level cache holds beside other things.</summary>
    private const int FarBytes = 768 * 1024;

    /// <summary>A line of the caches, and how far apart columns take each other's places in the first-level cache.</summary>
    private const int LineBytes = 64, AliasBytes = 4096;

    /// <summary>y = start + x·b; the sums start from 0 if <paramref name="start"/> is null.</summary>
    public static void Run(T* x, Operand<T> b, int depth, T* start, T* y, int columns)
    {
        var task = new Task { X = x, B = b, Depth = depth, Start = start, Y = y, Columns = columns };
        task.Parts = (int)Math.Min(Math.Clamp((long)depth * columns / WorthAThread, 1, ThreadLimit.Current), ((columns - 1) / V.Width) + 1);
        WorkerPool.Run(task.Parts, task.Parts, &RunPart, &task);
    }

    // Some vectors of columns.
    private static void RunPart(void* context, int part)
    {
        ref Task task = ref *(Task*)context;
        int vectors = ((task.Columns - 1) / V.Width) + 1;
        int first = vectors * part / task.Parts * V.Width, end = Math.Min(task.Columns, vectors * (part + 1) / task.Parts * V.Width);
        RunColumns(task.X, task.B.From(first, 0), task.Depth, task.Start == null ? null : task.Start + first, task.Y + first, end - first);
    }

    private static void RunColumns(T* x, Operand<T> b, int depth, T* start, T* y, int columns)
    {
        T* sums = Workspace<T>.Of((MostVectors + DepthBlock) * V.Width), block = sums + (MostVectors * V.Width);
        T** firsts = stackalloc T*[MostVectors];
        int all = ((columns - 1) / V.Width) + 1, lanes = Math.Min(V.Width, columns);
        bool isFar = (long)columns * depth * sizeof(T) > FarBytes || b.LineStep * sizeof(T) % AliasBytes == 0;
        for (int done = 0, vectors; done < all; done += vectors)
        {
            vectors = all - done <= (isFar ? LastFarVectors : MostVectors) ? all - done : isFar ? FarVectors : MostVectors;
            for (int i = 0; i < vectors; i++)
            {
                firsts[i] = b.From(FirstColumn(done + i), 0).Values;
                V.Store(sums + (i * V.Width), start == null ? V.Broadcast(T.Zero) : V.LoadFirst(start + FirstColumn(done + i), lanes));
            }

            // Where columns begin lines of the cache, each line is read once; one that is read in two turns may have left the cache between them.
            int k = isFar ? Math.Min(ToNextLine(firsts[0], b), depth) : 0;
            AddBlocks(x, b, 0, k, firsts, vectors, lanes, block, sums);
            k += AddSquares(x, b, k, depth, firsts, vectors, lanes, isFar, sums);
            AddBlocks(x, b, k, depth, firsts, vectors, lanes, block, sums);
            for (int i = 0; i < vectors; i++)
                V.StoreFirst(y + FirstColumn(done + i), V.Load(sums + (i * V.Width)), lanes);
        }

        // The last vector goes over columns of the one before it once more, rather than reach past the end.
        int FirstColumn(int vector) => Math.Min(vector * V.Width, columns - lanes);
    }

    // How many k come before all columns begin a line of the cache together; 0 if they never do.
    private static int ToNextLine(T* first, Operand<T> b) =>
        b.LineStep * sizeof(T) % LineBytes != 0 ? 0 : (int)(-(nint)first & (LineBytes - 1)) / sizeof(T);

    // As many k as can be transposed in registers, sixteen by sixteen.
    private static int AddSquares(T* x, Operand<T> b, int k, int endK, T** firsts, int vectors, int lanes, bool isFar, T* sums)
    {
        if (typeof(V) != typeof(Simd512<float>) || !SquareTranspose.IsSupported || lanes < V.Width || b.DepthStep != 1)
            return 0;
        int squares = (endK - k) / DepthBlock;
        SquareTranspose.MultiplyAdd((float*)x, (float**)firsts, vectors, b.LineStep, k, squares, isFar, (float*)sums);
        return squares * DepthBlock;
    }

    private static void AddBlocks(T* x, Operand<T> b, int k, int endK, T** firsts, int vectors, int lanes, T* block, T* sums)
    {
        for (; k < endK; k += DepthBlock)
        {
            for (int vector = 0; vector < vectors; vector++)
                AddBlock(x + k, new(firsts[vector] + (k * b.DepthStep), b.LineStep, b.DepthStep), Math.Min(DepthBlock, endK - k), lanes, block, sums + (vector * V.Width));
        }
    }

    private static void AddBlock(T* x, Operand<T> b, int depth, int lanes, T* block, T* sums)
    {
        Packing.Pack(b, lanes, V.Width, depth, block);
        V sum = V.Load(sums);
        for (int k = 0; k < depth; k++)
            sum = V.Fma(V.Load(block + (k * V.Width)), V.Broadcast(x[k]), sum);
        V.Store(sums, sum);
    }

    private struct Task
    {
        public T* X;
        public Operand<T> B;
        public int Depth;
        public T* Start, Y;
        public int Columns, Parts;
    }
}
