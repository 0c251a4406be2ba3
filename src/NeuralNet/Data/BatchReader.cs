using System.Runtime.ExceptionServices;

namespace NeuralNet;

/// <summary>Reads the batches of a pass. Where they take long, as with augmentation, the next one is read on another thread while this one is used.</summary>
/// <remarks>What is read does not depend on who reads it. A batch that nobody has begun when it is wanted is read by the one who wants it, so a busy thread pool delays nothing.</remarks>
internal sealed class BatchReader<T> : IThreadPoolWorkItem
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // To wake a thread and wait for it costs some ten microseconds: a batch that is read in little more is not worth that.
    private static readonly TimeSpan WorthAThread = TimeSpan.FromMicroseconds(100);

    private const int Idle = 0, Wanted = 1, Taken = 2, Done = 3;

    private readonly object gate = new();
    private BatchMemory<T> memory = new();
    private BatchMemory<T> memoryAhead = new();
    private int state;
    private IDataset<T>? datasetAhead;
    private int numberAhead;
    private ReadOnlyMemory<int> indicesAhead;
    private Batch<T> batchAhead;
    private ExceptionDispatchInfo? error;

    /// <summary>Reads a batch; the one before it is overwritten.</summary>
    public Batch<T> Read(IDataset<T> dataset, int number, ReadOnlyMemory<int> indices)
    {
        if (state == Idle)
            return memory.Read(dataset, number, indices);

        Execute();
        WaitUntilDone();
        error?.Throw();
        (memory, memoryAhead) = (memoryAhead, memory);
        return batchAhead;
    }

    /// <summary>Begins to read the batch that will be wanted next, if that is worth it.</summary>
    public void ReadAhead(IDataset<T> dataset, int number, ReadOnlyMemory<int> indices)
    {
        if (memory.Duration < WorthAThread)
            return;
        (datasetAhead, numberAhead, indicesAhead, error) = (dataset, number, indices, null);
        Volatile.Write(ref state, Wanted);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Forgets a batch that was read ahead; nobody reads from the data set or the indices when this returns.</summary>
    public void Forget()
    {
        if (state != Idle && Interlocked.CompareExchange(ref state, Idle, Wanted) != Wanted)
            WaitUntilDone();
    }

    /// <summary>Reads the batch that is wanted, unless somebody does already.</summary>
    public void Execute()
    {
        if (Interlocked.CompareExchange(ref state, Taken, Wanted) != Wanted)
            return;
        try
        {
            batchAhead = memoryAhead.Read(datasetAhead!, numberAhead, indicesAhead);
        }
        catch (Exception exception)
        {
            error = ExceptionDispatchInfo.Capture(exception);
        }

        lock (gate)
        {
            state = Done;
            Monitor.Pulse(gate);
        }
    }

    private void WaitUntilDone()
    {
        lock (gate)
        {
            while (state != Done)
                Monitor.Wait(gate);
            state = Idle;
        }
    }
}
