using System.Runtime.ExceptionServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Reads the batches of a pass. Where they take long, as with augmentation, the next one is read on another thread while this one is used.</summary>
/// <remarks>What is read does not depend on who reads it. A batch that nobody has begun when it is wanted is read by the one who wants it, so a busy thread pool delays nothing.</remarks>
internal sealed class BatchReader<T> : IThreadPoolWorkItem
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // To wake a thread and wait for it costs some ten microseconds: a batch that is read in little more is not worth that. The shortest of some times counts,
    // because the first is that of cold code and others may have been interrupted.
    private static readonly TimeSpan WorthAThread = TimeSpan.FromMicroseconds(150);
    private const int ReadsBeforeJudgement = 8;

    private const int Idle = 0, Wanted = 1, Taken = 2, Done = 3;

    private readonly object gate = new();
    private BatchMemory<T> memory = new();
    private BatchMemory<T> memoryAhead = new();
    private TimeSpan shortest = TimeSpan.MaxValue;
    private int reads;
    private int state;
    private IDataset<T>? datasetAhead;
    private int numberAhead;
    private ReadOnlyMemory<int> indicesAhead;
    private Batch<T> batchAhead;
    private ExceptionDispatchInfo? error;

    /// <summary>Reads a batch; the one before it is overwritten.</summary>
    public Batch<T> Read(IDataset<T> dataset, int number, ReadOnlyMemory<int> indices)
    {
        reads++;
        if (numberAhead != number)
            Forget();
        if (state == Idle)
        {
            Batch<T> batch = memory.Read(dataset, number, indices);
            shortest = memory.Duration < shortest ? memory.Duration : shortest;
            return batch;
        }

        ReadIfWanted();
        WaitUntilDone();
        error?.Throw();
        (memory, memoryAhead) = (memoryAhead, memory);
        return batchAhead;
    }

    /// <summary>Begins to read the batch that will be wanted next, if that is worth it.</summary>
    public void ReadAhead(IDataset<T> dataset, int number, ReadOnlyMemory<int> indices)
    {
        if (reads < ReadsBeforeJudgement || shortest < WorthAThread)
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

    /// <summary>Reads the batch on a thread of the pool, alone: the network has the workers.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        using ThreadLimit.Scope limit = ThreadLimit.Enter(1);
        ReadIfWanted();
    }

    // Unless somebody does already.
    private void ReadIfWanted()
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
