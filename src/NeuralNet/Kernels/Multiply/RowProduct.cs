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
    /// <summary>How many vectors of columns are summed together: so many lines of memory are read side by side.</summary>
    private const int Vectors = 4;

    /// <summary>Multiply-adds from which on a second thread pays: less than for many rows, because what counts is reading b.</summary>
    private const long WorthAThread = 200_000;

    /// <summary>How many k are transposed at once.</summary>
    private const int DepthBlock = 16;

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
        T* sums = Workspace<T>.Of((Vectors + DepthBlock) * V.Width), block = sums + (Vectors * V.Width);
        T** firsts = stackalloc T*[Vectors];
        for (int column = 0; column < columns; column += Vectors * V.Width)
        {
            // The last vector goes over columns of the one before it once more, rather than reach past the end.
            int count = Math.Min(Vectors * V.Width, columns - column), vectors = ((count - 1) / V.Width) + 1, lanes = Math.Min(V.Width, count);
            for (int vector = 0; vector < vectors; vector++)
            {
                int first = column + Math.Min(vector * V.Width, count - lanes);
                firsts[vector] = b.From(first, 0).Values;
                V.Store(sums + (vector * V.Width), start == null ? V.Broadcast(T.Zero) : V.LoadFirst(start + first, lanes));
            }

            int done = AddSquares(x, firsts, vectors, lanes, b, depth, sums);
            for (int k = done; k < depth; k += DepthBlock)
            {
                for (int vector = 0; vector < vectors; vector++)
                    AddBlock(x + k, new(firsts[vector] + (k * b.DepthStep), b.LineStep, b.DepthStep), Math.Min(DepthBlock, depth - k), lanes, block, sums + (vector * V.Width));
            }

            for (int vector = 0; vector < vectors; vector++)
                V.StoreFirst(y + column + Math.Min(vector * V.Width, count - lanes), V.Load(sums + (vector * V.Width)), lanes);
        }
    }

    // As many k as can be transposed in registers, sixteen by sixteen.
    private static int AddSquares(T* x, T** firsts, int vectors, int lanes, Operand<T> b, int depth, T* sums)
    {
        if (typeof(V) != typeof(Simd512<float>) || !SquareTranspose.IsSupported || lanes < V.Width || b.DepthStep != 1)
            return 0;
        int blocks = depth / DepthBlock;
        SquareTranspose.MultiplyAdd((float*)x, (float**)firsts, vectors, b.LineStep, blocks, (float*)sums);
        return blocks * DepthBlock;
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
