namespace NeuralNet.Benchmarks;

/// <summary>Somebody else who does the same work.</summary>
internal interface IPeer : IDisposable
{
    string Name { get; }

    /// <summary>Version and libraries; or why it is missing.</summary>
    string Description { get; }

    /// <summary>Whether the peer has a part in a workload, present or missing.</summary>
    bool Takes(Workload workload);

    /// <summary>Prepares the peer for a workload.</summary>
    /// <exception cref="PeerMissingException">It is not installed, or cannot do it.</exception>
    Contender Enter(Workload workload, int threads);
}
