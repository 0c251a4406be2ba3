using System.Text.Json.Nodes;

namespace NeuralNet.Benchmarks;

/// <summary>Something to be done as fast as possible, by this library and by its peers.</summary>
internal abstract class Workload(string name)
{
    public string Name { get; } = name;

    /// <summary>Multiplications and additions in the matrix products of one iteration; null where arithmetic is not what counts.</summary>
    public virtual double? Flops => null;

    public virtual bool IsDouble => false;

    /// <summary>Whether a peer is measured against us with as many threads as we have; else with the number that suits it best.</summary>
    public virtual bool ComparesEqualThreads => false;

    /// <summary>How far apart, relative to the largest, the numbers of two contenders may be.</summary>
    public double Tolerance => IsDouble ? 1e-10 : 1e-4;

    /// <summary>This library; null where only the ceiling is measured.</summary>
    public abstract Contender? Ours(int threads);

    /// <summary>MathNet without this library; null where nobody would write that.</summary>
    public virtual Contender? MathNetAlone(int threads) => null;

    /// <summary>This library's training steps alone, for what does more around them.</summary>
    public virtual Contender? BareSteps(int threads) => null;

    /// <summary>What the workers of <c>Peers/peers.py</c> are asked to prepare; null where they have no part.</summary>
    public virtual JsonObject? Request(ScratchFolder scratch) => null;
}
