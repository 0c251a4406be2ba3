namespace NeuralNet.Benchmarks;

/// <summary>Somebody else who does the same work.</summary>
internal interface IPeer : IDisposable
{
    string Name { get; }

    /// <summary>Version and libraries; or why it is missing.</summary>
    string Description { get; }

    /// <summary>Prepares the peer for a workload; null where it has no part in it.</summary>
    /// <exception cref="PeerMissingException">It is not installed, or cannot do it.</exception>
    Contender? Enter(Workload workload, int threads);
}
