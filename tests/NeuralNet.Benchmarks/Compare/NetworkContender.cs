namespace NeuralNet.Benchmarks;

/// <summary>A network of ours that is trained. Every sample begins with the same weights; what the rule remembers stays, as it does at peers.</summary>
internal abstract class NetworkContender : ManagedContender
{
    private readonly Matrix<float>[] initial;

    protected NetworkContender(NetworkShape shape, IOptimizerRule rule, int threads)
        : base(threads)
    {
        Network = shape.Build<float>();
        Network.MaxThreads = threads;
        Optimizer = new Optimizer<float>(Network, rule);
        initial = [.. Network.Parameters.Select(parameter => parameter.Value.Clone())];
    }

    protected Network<float> Network { get; }

    protected Optimizer<float> Optimizer { get; }

    protected override void Reset()
    {
        for (int i = 0; i < initial.Length; i++)
            initial[i].CopyTo(Network.Parameters[i].Value);
    }
}
