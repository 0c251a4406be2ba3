using System.Text.Json.Nodes;

namespace NeuralNet.Benchmarks;

/// <summary>The probabilities of the classes for a batch, into memory that is given.</summary>
internal sealed class InferenceWorkload(string name, NetworkShape shape) : Workload(name)
{
    public NetworkShape Shape => shape;

    public override double? Flops => shape.ForwardFlops;

    public override Contender Ours(int threads) => new OurInference(shape, threads);

    public override JsonObject Request(ScratchFolder scratch) => shape.Request("inference", scratch);

    /// <summary>The first sample's probabilities.</summary>
    public static double[] Probe(IEnumerable<float> probabilities) => [.. probabilities.Select(probability => (double)probability)];

    private sealed class OurInference : ManagedContender
    {
        private readonly Network<float> network;
        private readonly Matrix<float> x, y;

        public OurInference(NetworkShape shape, int threads)
            : base(threads)
        {
            (network, x) = (shape.Build<float>(), shape.Samples<float>());
            network.MaxThreads = threads;
            y = Matrix<float>.Build.Dense(shape.Batch, shape.Classes);
        }

        public override double[] Check()
        {
            network.Predict(x, y);
            return Probe(y.Row(0));
        }

        protected override void Iterate(long iterations)
        {
            for (long i = 0; i < iterations; i++)
                network.Predict(x, y);
        }
    }
}
