namespace NeuralNet.Benchmarks;

/// <summary>What the machine can do at most: fused multiply-adds in registers, with nothing to load or store.</summary>
internal sealed class CeilingWorkload(string name, bool isDouble) : Workload(name)
{
    public override bool IsDouble => isDouble;

    public override Contender? Ours(int threads) => null;
}
