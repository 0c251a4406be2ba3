using MathNet.Numerics;

namespace NeuralNet.Benchmarks;

/// <summary>MathNet's process-wide thread limit, set until disposed.</summary>
internal sealed class MathNetThreads : IDisposable
{
    private readonly int outer = Control.MaxDegreeOfParallelism;

    public MathNetThreads(int threads) => Control.MaxDegreeOfParallelism = threads;

    public void Dispose() => Control.MaxDegreeOfParallelism = outer;
}
