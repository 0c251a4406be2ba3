namespace NeuralNet.Benchmarks;

/// <summary>A contender and its samples. The number of iterations in a sample is found while it warms up.</summary>
internal sealed class Trial(Contender contender, IPeer? peer = null)
{
    /// <summary>Long enough that the clock and a stray interrupt do not count.</summary>
    private const double SampleSeconds = 0.03;

    /// <summary>
    /// The runtime keeps its defaults, as at users: tiered compilation with profiles. A method reaches its final code after 30 calls and a tenth of a second without new
    /// methods, so a warm-up is at least that, and ends when two samples in a row agree; a slow or unsteady one is cut off.
    /// </summary>
    private const double WarmUpSeconds = 0.5, WarmUpSecondsAtMost = 3, SteadyWithin = 0.05;
    private const long WarmUpIterations = 40;

    /// <summary>Native thread pools spin after their work is done, OpenBLAS's for 32 ms as <see cref="Worker"/> sets it; whoever comes next shall have all cores.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    private readonly List<double> samples = [];
    private long iterations = 1;

    public Contender Contender => contender;

    public IPeer? Peer => peer;

    public double MedianMicroseconds
    {
        get
        {
            double[] sorted = [.. samples.Order()];
            int middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    public void WarmUp()
    {
        double total = 0, last = 0;
        for (long done = 0; ;)
        {
            double seconds = contender.Run(iterations);
            (total, done) = (total + seconds, done + iterations);
            double each = seconds / iterations;
            bool steady = Math.Abs(each - last) <= SteadyWithin * last;
            if (seconds >= SampleSeconds && (total >= WarmUpSecondsAtMost || (total >= WarmUpSeconds && done >= WarmUpIterations && steady)))
                break;
            last = each;
            iterations = Math.Max(1, Math.Min((long)Math.Ceiling(1.2 * SampleSeconds / Math.Max(each, 1e-9)), iterations * 10));
        }

        (contender as ManagedContender)?.ForgetAllocations();
    }

    public void Sample()
    {
        Thread.Sleep(Pause);
        samples.Add(contender.Run(iterations) * 1e6 / iterations);
    }
}
