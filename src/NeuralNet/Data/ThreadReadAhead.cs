using System.Runtime.ExceptionServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Reads a batch on a thread of the pool: for batches that take long, as with augmentation.</summary>
/// <remarks>A batch that nobody has begun when it is wanted is read by the one who wants it, so a busy thread pool delays nothing.</remarks>
internal sealed class ThreadReadAhead<T> : IReadAhead<T>, IThreadPoolWorkItem
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Idle = 0, Wanted = 1, Taken = 2, Done = 3;

    private readonly object gate = new();
    private int state;
    private BatchMemory<T>? memory;
    private IDataset<T>? dataset;
    private int number;
    private ReadOnlyMemory<int> indices;
    private Batch<T> batch;
    private ExceptionDispatchInfo? error;

    /// <inheritdoc/>
    public void Begin(BatchMemory<T> memory, IDataset<T> dataset, int number, ReadOnlyMemory<int> indices)
    {
        (this.memory, this.dataset, this.number, this.indices, error) = (memory, dataset, number, indices, null);
        Volatile.Write(ref state, Wanted);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <inheritdoc/>
    public Batch<T> End()
    {
        ReadIfWanted();
        WaitUntilDone();
        error?.Throw();
        return batch;
    }

    /// <inheritdoc/>
    public void Forget()
    {
        if (Interlocked.CompareExchange(ref state, Idle, Wanted) != Wanted)
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
            batch = memory!.Read(dataset!, number, indices);
        }
        catch (Exception exception)
        {
            error = ExceptionDispatchInfo.Capture(exception);
        }

        Uninterrupted.Enter(gate);
        state = Done;
        Monitor.Pulse(gate);
        Monitor.Exit(gate);
    }

    // Even if the thread is interrupted: the other writes into the batch's memory.
    private void WaitUntilDone()
    {
        bool isInterrupted = false;
        Uninterrupted.Enter(gate);
        while (state != Done)
        {
            try
            {
                Monitor.Wait(gate);
            }
            catch (ThreadInterruptedException)
            {
                isInterrupted = true;
            }
        }

        state = Idle;
        Monitor.Exit(gate);
        if (isInterrupted)
            Thread.CurrentThread.Interrupt();
    }
}
