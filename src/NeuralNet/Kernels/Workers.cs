namespace NeuralNet.Kernels;

/// <summary>Splits a range over threads. Who computes what depends on the limit; what is computed does not.</summary>
internal static class Workers
{
    /// <summary>Below this many multiply-adds for each thread, starting one costs more than it saves.</summary>
    private const long WorthAThread = 2_000_000;

    /// <summary>Runs <paramref name="body"/> over the parts (start, end) of 0 to <paramref name="count"/>.</summary>
    public static void Run(int count, long work, Action<int, int> body)
    {
        int parts = (int)Math.Clamp(work / WorthAThread, 1, Math.Min(ThreadLimit.Current, count));
        if (parts == 1)
            body(0, count);
        else
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts }, part => body(Start(part), Start(part + 1)));

        int Start(int part) => (int)((long)count * part / parts);
    }
}
