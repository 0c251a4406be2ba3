namespace NeuralNet.Benchmarks;

/// <summary>
/// A short run of the trainer over shuffled images, bytes in memory; against as many bare steps over the first epoch's batches, which lie ready as matrices. Every sample begins with the same weights.
/// </summary>
internal sealed class FitWorkload(string name, NetworkShape shape, IOptimizerRule rule, int images) : Workload(name)
{
    private const long Seed = 1;

    // What a run sets up once, its buffers above all, should count as little as it does at users.
    private const int EpochsOfRun = 5;

    private readonly Lazy<IDataset<float>> dataset = new(() =>
        new ImageDataset<float>(shape.Input, Sample.Bytes(images * shape.Input.Size), Sample.Labels(images, shape.Classes), shape.Classes));

    public override Contender Ours(int threads) => new OurFit(shape, rule, dataset.Value, threads);

    public override Contender BareSteps(int threads) => new OurSteps(shape, rule, dataset.Value, threads);

    private abstract class Epochs(NetworkShape shape, IOptimizerRule rule, int threads) : NetworkContender(shape.WithoutDropout(), rule, threads)
    {
        protected int BatchSize { get; } = shape.Batch;

        /// <summary>The mean loss of the first epoch.</summary>
        public override double[] Check() => [Run(epochs: 1)];

        protected override void Iterate(long iterations)
        {
            for (long i = 0; i < iterations; i++)
                Run(EpochsOfRun);
        }

        /// <returns>The mean loss of the first epoch.</returns>
        protected abstract double Run(int epochs);
    }

    private sealed class OurFit(NetworkShape shape, IOptimizerRule rule, IDataset<float> dataset, int threads) : Epochs(shape, rule, threads)
    {
        protected override double Run(int epochs) => new Trainer<float>(Optimizer).Fit(dataset, epochs: epochs, batchSize: BatchSize, seed: Seed).Epochs[0].TrainingLoss;
    }

    private sealed class OurSteps : Epochs
    {
        private readonly (Matrix<float> X, Matrix<float> T)[] batches;
        private readonly int samples;

        public OurSteps(NetworkShape shape, IOptimizerRule rule, IDataset<float> dataset, int threads)
            : base(shape, rule, threads)
        {
            var resident = new List<(Matrix<float>, Matrix<float>)>();
            foreach (Batch<float> batch in new Batches<float>(dataset, BatchSize, Seed).Epoch(0))
                resident.Add((batch.Features.Clone(), batch.Targets.Clone()));
            (batches, samples) = ([.. resident], dataset.Count);
        }

        protected override double Run(int epochs)
        {
            double sum = 0;
            for (int epoch = 0; epoch < epochs; epoch++)
            {
                foreach ((Matrix<float> x, Matrix<float> t) in batches)
                {
                    double loss = Network.Step(x, t, Optimizer);
                    sum += epoch == 0 ? x.RowCount * loss : 0;
                }
            }

            return sum / samples;
        }
    }
}
