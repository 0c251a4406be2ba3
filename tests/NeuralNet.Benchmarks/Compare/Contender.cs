namespace NeuralNet.Benchmarks;

/// <summary>One who does a workload with a number of threads: this library, a peer, or the bare ceiling of the machine.</summary>
internal abstract class Contender(int threads)
{
    public int Threads { get; } = threads;

    /// <summary>Numbers that show what is computed, to be compared between contenders: losses, elements of a product.</summary>
    public virtual double[] Check() => [];

    /// <summary>Does one iteration that is not timed, which brings caches and threads back, then as many as wanted.</summary>
    /// <returns>The seconds of the timed ones.</returns>
    public abstract double Run(long iterations);
}
