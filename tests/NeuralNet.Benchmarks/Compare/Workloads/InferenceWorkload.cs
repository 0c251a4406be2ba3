using System.Text.Json.Nodes;

namespace NeuralNet.Benchmarks;

/// <summary>The probabilities of the classes for a batch, into memory that is given, by weights that change no more: ONNX Runtime too is given them once.</summary>
internal sealed class InferenceWorkload(string name, NetworkShape shape) : Workload(name)
{
    public NetworkShape Shape => shape;

    public override double? Flops => shape.ForwardFlops;

    public override Contender Ours(int threads) => new OurInference(shape, threads);

    public override JsonObject Request(ScratchFolder scratch) => shape.Request("inference", scratch);

    /// <summary>A sample's probabilities, to be compared.</summary>
    public static double[] Probe(IEnumerable<float> probabilities) => [.. probabilities.Select(probability => (double)probability)];

    private sealed class OurInference : ManagedContender
    {
        private readonly Predictor<float> predictor;
        private readonly Matrix<float> x, y;

        public OurInference(NetworkShape shape, int threads)
            : base(threads)
        {
            (predictor, x) = (shape.Build<float>().ToPredictor(), shape.Samples<float>());
            predictor.MaxThreads = threads;
            y = Matrix<float>.Build.Dense(shape.Batch, shape.Classes);
        }

        public override double[] Check()
        {
            predictor.Predict(x, y);
            return Probe(y.Row(0));
        }

        protected override void Iterate(long iterations)
        {
            for (long i = 0; i < iterations; i++)
                predictor.Predict(x, y);
        }
    }
}
