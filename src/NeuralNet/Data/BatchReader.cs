using System.Diagnostics;

namespace NeuralNet;

/// <summary>Reads the batches of a pass, the next one by other threads while this one is used, where that is worth it.</summary>
/// <remarks>What is read does not depend on who reads it.</remarks>
internal sealed class BatchReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // To wake a thread and wait for it costs some ten microseconds: a batch that is read in little more is not worth that. Nor is there anybody idle while a batch is used for less time
    // than its reading takes. The shortest of some times counts, because the first is that of cold code and others may have been interrupted.
    private static readonly TimeSpan WorthAThread = TimeSpan.FromMicroseconds(150);
    private const int ReadsBeforeJudgement = 8;

    private readonly ThreadReadAhead<T> onThread = new();
    private readonly IdleReadAhead<T> byIdlers = new();
    private BatchMemory<T> memory = new();
    private BatchMemory<T> memoryAhead = new();
    private TimeSpan shortest = TimeSpan.MaxValue;
    private TimeSpan shortestUse = TimeSpan.MaxValue;
    private long end;
    private int reads;
    private IReadAhead<T>? ahead;
    private int numberAhead;

    /// <summary>Reads a batch; the one before it is overwritten.</summary>
    public Batch<T> Read(IDataset<T> dataset, int number, ReadOnlyMemory<int> indices)
    {
        if (reads++ > 0)
            shortestUse = Shorter(shortestUse, Stopwatch.GetElapsedTime(end));
        if (numberAhead != number)
            Forget();
        Batch<T> batch;
        if (Taken() is { } begun)
        {
            batch = begun.End();
            (memory, memoryAhead) = (memoryAhead, memory);
        }
        else
        {
            batch = memory.Read(dataset, number, indices);
            shortest = Shorter(shortest, memory.Duration);
        }

        end = Stopwatch.GetTimestamp();
        return batch;
    }

    /// <summary>Begins to read the batch that will be wanted next, if that is worth it.</summary>
    public void ReadAhead(IDataset<T> dataset, int number, ReadOnlyMemory<int> indices)
    {
        if (reads < ReadsBeforeJudgement || WayFor(dataset, indices.Length) is not { } way)
            return;
        (ahead, numberAhead) = (way, number);
        way.Begin(memoryAhead, dataset, number, indices);
    }

    /// <summary>Forgets a batch that was read ahead; nobody reads from the data set or the indices when this returns.</summary>
    public void Forget() => Taken()?.Forget();

    private IReadAhead<T>? WayFor(IDataset<T> dataset, int count)
    {
        if (shortest >= WorthAThread)
            return onThread;
        return shortestUse > shortest && IdleReadAhead<T>.Suits(dataset, count) ? byIdlers : null;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private IReadAhead<T>? Taken()
    {
        IReadAhead<T>? begun = ahead;
        ahead = null;
        return begun;
    }
}
