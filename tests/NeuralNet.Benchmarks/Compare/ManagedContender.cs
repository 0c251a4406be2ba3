using System.Diagnostics;

namespace NeuralNet.Benchmarks;

/// <summary>A contender in this process, whose allocations are counted too.</summary>
internal abstract class ManagedContender(int threads) : Contender(threads)
{
    private long allocatedBytes;
    private long countedIterations;

    /// <summary>What an iteration allocates on all threads together, over all iterations since <see cref="ForgetAllocations"/>.</summary>
    public double AllocatedBytesPerIteration => countedIterations == 0 ? 0 : (double)allocatedBytes / countedIterations;

    public void ForgetAllocations() => (allocatedBytes, countedIterations) = (0, 0);

    public override double Run(long iterations)
    {
        Reset();
        Iterate(1);
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        Iterate(iterations);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        allocatedBytes += GC.GetTotalAllocatedBytes(precise: true) - allocated;
        countedIterations += iterations;
        return seconds;
    }

    /// <summary>Goes back to where every sample begins.</summary>
    protected virtual void Reset()
    {
    }

    protected abstract void Iterate(long iterations);
}
