namespace NeuralNet.Benchmarks;

/// <summary>Another way to do a workload in this process: without this library, or with less of it.</summary>
internal sealed class InProcessPeer(string name, string description, Func<Workload, int, Contender?> enter) : IPeer
{
    public string Name => name;

    public string Description => description;

    public Contender? Enter(Workload workload, int threads) => enter(workload, threads);

    public void Dispose()
    {
    }
}
