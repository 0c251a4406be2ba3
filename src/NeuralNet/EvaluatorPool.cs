using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// Lends evaluators of one network to many threads: the network's own layers to the first, replicas to those that come while it is busy.
/// Where a layer cannot be replicated there is only the one, and callers wait.
/// </summary>
internal sealed class EvaluatorPool<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The most bytes of a layer's input and output, which so stay in the processor's caches until the next layer reads them.</summary>
    private const int CacheBytes = 4 << 20;

    /// <summary>Blocks are of so many rows or a multiple, the widest vectors of floats; and of no more than <see cref="MostRows"/>, behind which they do not get faster.</summary>
    private const int RowStep = 16, MostRows = 1024;

    private readonly LayerChain<T> chain;
    private readonly Stack<Evaluator<T>> free = [];
    private readonly Evaluator<T> own;

    // The thread that has taken the latest.
    private int borrower;

    // More than can run at once came in a rush: each has buffers of its own and is let go.
    private int mostKept = Environment.ProcessorCount;
    private readonly int blockRows;

    public EvaluatorPool(LayerChain<T> chain)
    {
        this.chain = chain;
        blockRows = Math.Clamp(chain.SamplesWithin(CacheBytes) / RowStep * RowStep, RowStep, MostRows);
        free.Push(own = new Evaluator<T>(chain));
    }

    public Shape InputShape => chain.InputShape;

    public Shape OutputShape => chain.OutputShape;

    /// <summary>The outputs of samples in the rows of a matrix, in a new one.</summary>
    public Matrix<T> Predict(Matrix<T> input, int maxThreads)
    {
        Guard.Input("The network", InputShape.Size, input);
        Matrix<T> output = Dense.Create<T>(input.RowCount, OutputShape.Size);
        Predict(input, output, maxThreads);
        return output;
    }

    /// <summary>The same in a given one.</summary>
    public void Predict(Matrix<T> input, Matrix<T> output, int maxThreads)
    {
        Guard.Input("The network", InputShape.Size, input);
        Guard.Output(input.RowCount, OutputShape.Size, output);
        ForEachBlock(input.RowCount, maxThreads, new MatrixPrediction<T>(Dense.Of(input), output));
    }

    /// <summary>The outputs of samples that lie one after another.</summary>
    public void Predict(ReadOnlySpan<T> samples, Span<T> outputs, int maxThreads)
    {
        Guard.Samples(InputShape.Size, samples.Length, OutputShape.Size, outputs.Length);
        Guard.Apart(samples, outputs);
        ForEachBlock(samples.Length / InputShape.Size, maxThreads, new SamplePrediction<T>(samples, InputShape.Size, outputs, OutputShape.Size));
    }

    /// <summary>The outputs of one sample, in new memory.</summary>
    public T[] PredictOne(ReadOnlySpan<T> sample, int maxThreads)
    {
        Guard.Sample(InputShape, sample.Length);
        var outputs = new T[OutputShape.Size];
        Predict(sample, outputs, maxThreads);
        return outputs;
    }

    /// <summary>
    /// Cuts rows into blocks, each of which passes through all layers before the next. What a block computes does not depend on it. Several blocks are done side by side: threads
    /// that each do their own wait for no other and exchange nothing. A single block's threads share the work within each layer.
    /// </summary>
    public void ForEachBlock<TWork>(int rows, int maxThreads, TWork work)
        where TWork : struct, IBlockWork<T>, allows ref struct
    {
        mostKept = Math.Max(mostKept, Math.Min(maxThreads, WorkerPool.MostThreads));
        int threads = rows > blockRows && chain.CanReplicate ? Math.Min(maxThreads, rows / RowStep) : 1;

        // As many for each thread, as even as can be, and none without a step.
        int blocks = threads * Math.Clamp((int)Math.Round((double)rows / threads / blockRows), 1, Math.Max(1, rows / RowStep / threads));
        if (threads > 1)
        {
            ParallelUnits.Run(threads, blocks, new BlockUnits<TWork> { Pool = this, Work = work, Rows = rows, Blocks = blocks });
            return;
        }

        using Rental evaluator = Rent(maxThreads);
        for (int block = 0; block < blocks; block++)
        {
            (int start, int count) = Block(rows, blocks, block);
            work.Do(evaluator.Value, start, count);
        }
    }

    public Rental Rent(int maxThreads) => new(this, Take(), ThreadLimit.Enter(maxThreads));

    // Which rows a block has: from a multiple of the step to the next block's.
    private static (int Start, int Count) Block(int rows, int blocks, int block)
    {
        int start = First(block), end = block == blocks - 1 ? rows : First(block + 1);
        return (start, end - start);

        int First(int index) => EvenParts.Start(index, blocks, rows / RowStep) * RowStep;
    }

    private Evaluator<T> Take()
    {
        lock (free)
        {
            while (true)
            {
                if (free.TryPop(out Evaluator<T>? evaluator))
                {
                    borrower = Environment.CurrentManagedThreadId;
                    return evaluator;
                }

                if (chain.CanReplicate)
                    break;
                if (borrower == Environment.CurrentManagedThreadId)
                    throw new InvalidOperationException("The network is asked for outputs by what it is computing, such as a metric, and can do one thing at a time, since not all of its layers are registered: register them with LayerRegistry.Register, or ask afterwards.");
                Monitor.Wait(free);
            }
        }

        // Nobody waits for what takes a while.
        return new Evaluator<T>(chain.Replicate());
    }

    // Even if the thread is interrupted: where there is only one, others wait for it.
    private void Return(Evaluator<T> evaluator)
    {
        Uninterrupted.Enter(free);
        try
        {
            if (evaluator == own || free.Count < mostKept)
                free.Push(evaluator);
            Monitor.Pulse(free);
        }
        finally
        {
            Monitor.Exit(free);
        }
    }

    private ref struct BlockUnits<TWork> : IUnitWork
        where TWork : struct, IBlockWork<T>, allows ref struct
    {
        public EvaluatorPool<T> Pool;
        public TWork Work;
        public int Rows, Blocks;

        public void Do(int unit)
        {
            (int start, int count) = Block(Rows, Blocks, unit);
            using Rental evaluator = Pool.Rent(maxThreads: 1);
            Work.Do(evaluator.Value, start, count);
        }
    }

    public readonly ref struct Rental(EvaluatorPool<T> pool, Evaluator<T> value, ThreadLimit.Scope limit)
    {
        private readonly ThreadLimit.Scope limit = limit;

        public Evaluator<T> Value => value;

        public void Dispose()
        {
            limit.Dispose();
            pool.Return(value);
        }
    }
}
