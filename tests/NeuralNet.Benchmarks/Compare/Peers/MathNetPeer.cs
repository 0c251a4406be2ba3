using MathNet.Numerics.Providers.LinearAlgebra;

namespace NeuralNet.Benchmarks;

/// <summary>MathNet's own arithmetic, with its managed provider.</summary>
internal sealed class MathNetPeer : IPeer
{
    public string Name => "MathNet alone";

    public string Description => $"{typeof(LinearAlgebraControl).Assembly.GetName().Version?.ToString(3)}, {LinearAlgebraControl.Provider} provider";

    public bool Takes(Workload workload) => workload.MathNetAlone(threads: 1) is not null;

    public Contender Enter(Workload workload, int threads) =>
        workload.MathNetAlone(threads) ?? throw new PeerMissingException("nobody would write that");

    public void Dispose()
    {
    }
}
