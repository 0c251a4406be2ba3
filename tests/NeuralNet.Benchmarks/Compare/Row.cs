namespace NeuralNet.Benchmarks;

/// <summary>One line of the table: this library with a number of threads, and one peer.</summary>
internal sealed record Row(string Name, int OursThreads)
{
    public double? OursMicroseconds { get; init; }

    public string? PeerName { get; init; }

    public string? PeerDescription { get; init; }

    public int? PeerThreads { get; init; }

    public double? PeerMicroseconds { get; init; }

    /// <summary>Why the peer has no figure.</summary>
    public string? Missing { get; init; }

    public double? Gflops { get; init; }

    public double? CeilingGflops { get; init; }

    public double? AllocatedBytesPerStep { get; init; }

    public double? Ratio => PeerMicroseconds / OursMicroseconds;

    public double? FractionOfCeiling => Gflops / CeilingGflops;
}
