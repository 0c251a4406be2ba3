namespace NeuralNet.Kernels;

/// <summary>An affine layer's way back on two threads, of which each reads its own part of the weight alone.</summary>
/// <remarks>
/// In the forward pass, in the weight's gradient and in its update a thread has the same part of the weight's columns. But the sums of dy·Wᵀ run over all columns: if the threads
/// shared its result as they share others, each would read columns of the other's part, and at the update processors would have to take back from each other what both had read.
/// So the threads share the sums: at each of two stages one continues all sums over its own columns, and the other has its part of the weight's gradient. What passes
/// between processors is the sums, which are less than the weight where there are few samples.
/// </remarks>
internal static unsafe class BackwardInTurns
{
    private const int Threads = 2;

    /// <summary>The multiply-adds of a product for which two stages are not too short.</summary>
    private const long LeastWork = 4_000_000;

    /// <summary>The largest weight: one that does not stay in the caches until its update gains nothing.</summary>
    private const long MostBytes = 8 << 20;

    /// <summary>Whether it takes less time than one product after the other.</summary>
    public static bool Suits<T>(MatrixSpan<T> weight, int samples)
        where T : unmanaged =>
        ThreadLimit.Current == Threads && Threads * samples < weight.Columns && (long)weight.Values.Length * samples >= LeastWork && (long)weight.Values.Length * sizeof(T) <= MostBytes;

    /// <summary>Computes xᵀ·dy and dy·Wᵀ.</summary>
    public static void Run<T>(ProductBlock<T> weightGradient, ProductBlock<T> inputGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int columns = weightGradient.Columns;
        int* starts = stackalloc int[Threads + 1];
        ThreadShares.Cut(columns, Threads, 1, starts);
        bool tells = ThreadShares.Tells(columns, (long)columns * weightGradient.Rows * weightGradient.Depth, Threads);
        var region = new Region<T> { WeightGradient = weightGradient, InputGradient = inputGradient, Starts = starts };
        for (; region.Stage < Threads; region.Stage++)
            WorkerPool.Run(Threads, Threads, &RunStage<T>, &region, tells);
    }

    private static void RunStage<T>(void* context, int thread)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref Region<T> region = ref *(Region<T>*)context;
        ProductBlock<T> part = thread == region.Stage ? region.InputGradient : region.WeightGradient;
        part.Thread = thread;
        int first = region.Starts[thread], end = region.Starts[thread + 1];
        if (thread == region.Stage)
            part.KeepDepth(first, end);
        else
            part.KeepColumns(first, end);
        Product.RunHere(part);
    }

    private struct Region<T>
        where T : unmanaged
    {
        public ProductBlock<T> WeightGradient, InputGradient;
        public int* Starts;
        public int Stage;
    }
}
