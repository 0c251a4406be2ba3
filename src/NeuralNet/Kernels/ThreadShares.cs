namespace NeuralNet.Kernels;

/// <summary>Cuts work among threads so that all are done at the same time.</summary>
/// <remarks>
/// Cores are not always equally fast: some are built so, and on a busy machine one may be a third slower than another for seconds. So a worker that is done before its caller, region
/// after region, gets more, and one that is not gets less; a single region says little, since any thread may be interrupted.
/// Blocked products and sweeps are all cut in the same proportion. So a thread has the same part of a weight in the product that reads it, in its gradient's and in its update, and what it wrote is in its
/// processor's cache. Where the cuts are does not matter to what is computed.
/// </remarks>
internal static unsafe class ThreadShares
{
    /// <summary>A caller's share, which the workers' are measured by, and how small and large they get.</summary>
    private const int Caller = 64, Least = 16, Most = 128;

    /// <summary>How many regions more must say one thing than the other until a share changes, by 1.</summary>
    private const int Decisive = 16;

    /// <summary>Multiply-adds of a thread from which on its start does not count, some 15 microseconds; and columns of a thread, of which one is little.</summary>
    private const int LongWork = 1_500_000, ManyColumns = 16;

    // The caller writes them at the end of a region that tells; others may read them meanwhile.
    private static readonly int[] Workers = [.. Enumerable.Repeat(Caller, WorkerPool.MostThreads)];
    private static readonly int[] Surpluses = new int[WorkerPool.MostThreads];

    /// <summary>Whether a region in which each thread has some columns tells which thread is faster.</summary>
    public static bool Tells(int columns, long work, int threads) => columns >= ManyColumns * threads && work >= LongWork * (long)threads;

    /// <summary>Cuts a length into units, as many for each thread.</summary>
    /// <param name="length">What is cut. Units may be empty where it is short.</param>
    /// <param name="threads">How many threads there are.</param>
    /// <param name="unitsOfThread">How many units each of them has.</param>
    /// <param name="starts">Receives where each unit begins, and the length.</param>
    public static void Cut(int length, int threads, int unitsOfThread, int* starts)
    {
        int units = threads * unitsOfThread;
        starts[0] = 0;
        for (int i = 0; i < units; i++)
            starts[i + 1] = starts[i] + (i < unitsOfThread ? Caller : Workers[i / unitsOfThread]);
        int whole = starts[units];
        for (int i = 1; i <= units; i++)
            starts[i] = (int)((((long)length * starts[i]) + (whole / 2)) / whole);
    }

    /// <summary>Learns from a region that tells.</summary>
    /// <param name="thread">A worker's thread.</param>
    /// <param name="wasFirst">Whether it was done before the caller.</param>
    public static void Learn(int thread, bool wasFirst)
    {
        int surplus = Surpluses[thread] + (wasFirst ? 1 : -1);
        if (Math.Abs(surplus) == Decisive)
        {
            Workers[thread] = Math.Clamp(Workers[thread] + Math.Sign(surplus), Least, Most);
            surplus = 0;
        }

        Surpluses[thread] = surplus;
    }
}
