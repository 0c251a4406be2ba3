namespace NeuralNet.Tests;

/// <summary>A steady step, one whose batch sizes were seen before, allocates nothing, on any thread.</summary>
[Collection(RunsAlone.Name)]
public class AllocationTests
{
    private const int Features = 12;
    private const int Classes = 4;

    public static TheoryData<string> Layers => LayerCases.Names;

    public static TheoryData<string> Losses => LossCases.Names;

    public static TheoryData<string> Rules => RuleCases.Names;

    public static TheoryData<string> Transforms => TransformCases.Names;

    public static TheoryData<string> Schedules => ScheduleCases.Names;

    public static TheoryData<string> Metrics => MetricCases.Names;

    public static TheoryData<string> Datasets => DatasetCases.Names;

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_allocates_nothing(string name)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            ILayer<T> layer = LayerCases.Row(name).Create<T>();
            Matrix<T>[] batches = [LayerCases.Row(name).Batch<T>(7, seed: 1), LayerCases.Row(name).Batch<T>(3, seed: 2)];
            Matrix<T>[] gradients = [layer.Forward(batches[0]).Clone(), layer.Forward(batches[1]).Clone()];
            Steady(() =>
            {
                for (int i = 0; i < batches.Length; i++)
                {
                    layer.Forward(batches[i]);
                    layer.Backward(gradients[i]);
                    layer.BackwardParameters(gradients[i]);
                }
            });
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_loss_allocates_nothing(string name)
    {
        LossCase row = LossCases.Row(name);
        ILossLayer<double> loss = row.Create<double>();
        (Matrix<double> input, Matrix<double> target) = (row.Input(7), row.Target(7));
        double[] weights = [1, 2, 3, 4, 3, 2, 1];
        Steady(() =>
        {
            loss.Forward(input, target);
            loss.Forward(input, target, weights);
            loss.Backward();
            loss.Forward(input);
            loss.Backward(input);
        });
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_step_with_a_rule_allocates_nothing(string name) => Steps(network => new Optimizer<float>(network, RuleCases.Row(name).Create()));

    [Theory]
    [MemberData(nameof(Transforms))]
    public void A_step_with_a_transform_accumulation_and_averages_allocates_nothing(string name) =>
        Steps(network => new Optimizer<float>(network, new Sgd(), null, [TransformCases.Row(name).Create()], accumulationSteps: 2, averageDecay: 0.9));

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_step_with_a_schedule_allocates_nothing(string name) => Steps(network => new Optimizer<float>(network, new Sgd(), ScheduleCases.Row(name).Create()));

    private static void Steps(Func<Network<float>, Optimizer<float>> create)
    {
        Network<float> network = Network.Input<float>(Features).Affine(8).Relu().Affine(Classes).SoftmaxWithLoss().Build(seed: 1);
        Optimizer<float> optimizer = create(network);
        (Matrix<float> whole, Matrix<float> part) = (Make.Uniform<float>(10, Features, seed: 1), Make.Uniform<float>(3, Features, seed: 2));
        int[] labels = Make.Labels(10, Classes, seed: 3);
        Steady(() =>
        {
            network.Step(whole, labels, optimizer);
            network.Step(part, labels.AsSpan(0, 3), optimizer);
        });
    }

    // 1,000 epochs of 100 steps: what is allocated is the record of each epoch and its little circumstances, and memory does not grow by more than the history.
    [Fact]
    public void A_long_training_keeps_its_memory()
    {
        const int Epochs = 1000, BytesPerEpoch = 2000;
        Network<float> network = Network.Input<float>(2).Affine(4).Relu().Affine(2).SoftmaxWithLoss().Build(seed: 1);
        var dataset = new ImageDataset<float>(2, new byte[2 * 200], new int[200], 2);
        var watch = new MemoryWatch();
        new Trainer<float>(network, new Adam()) { Callbacks = [watch] }.Fit(dataset, dataset, Epochs, batchSize: 2);

        network.StepNumber.Should().Be(100_000);
        watch.AllocatedPerEpoch.Should().BeLessThan(BytesPerEpoch);
        watch.Growth.Should().BeLessThan(Epochs * 500L);
    }

    private sealed class MemoryWatch : ITrainingCallback<float>
    {
        private long allocated, used;

        public double AllocatedPerEpoch { get; private set; }

        public long Growth { get; private set; }

        public void EpochEnded(Trainer<float> trainer, EpochRecord epoch)
        {
            if (epoch.Epoch == 100)
            {
                used = GC.GetTotalMemory(forceFullCollection: true);
                allocated = GC.GetTotalAllocatedBytes(precise: true);
            }

            if (epoch.Epoch == 1000)
            {
                AllocatedPerEpoch = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 900.0;
                Growth = GC.GetTotalMemory(forceFullCollection: true) - used;
            }
        }
    }

    [Fact]
    public void A_step_over_two_threads_with_its_data_allocates_nothing()
    {
        // Wide enough that the products are split: see BlockedProduct.
        Network<float> network = Network.Input<float>(300).Affine(300).Relu().Affine(Classes).SoftmaxWithLoss().Build(seed: 1);
        network.MaxThreads = 2;
        var optimizer = new Optimizer<float>(network, new Adam());
        var dataset = new ImageDataset<float>(300, new byte[300 * 130], new int[130], Classes);
        var batches = new Batches<float>(dataset, batchSize: 50, seed: 1);
        Steady(() =>
        {
            foreach (Batch<float> batch in batches.InOrder())
                network.Step(batch.Features, batch.Targets, optimizer);
        });
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public void A_batch_of_a_data_set_allocates_nothing(string name)
    {
        using var folder = new ScratchFolder();
        IDataset<double> dataset = DatasetCases.Row(name).Create(folder), epoch = dataset.ForEpoch(1);
        Matrix<double> features = Matrix<double>.Build.Dense(4, dataset.FeatureShape.Size), targets = Matrix<double>.Build.Dense(4, dataset.TargetShape.Size);
        var weights = new double[4];
        int[] indices = [3, 0, 2, 2];
        Steady(() =>
        {
            epoch.CopyBatch(indices, features, targets);
            epoch.CopyWeights(indices, weights);
        });
        (dataset as IDisposable)?.Dispose();
    }

    [Fact]
    public void An_augmented_batch_allocates_nothing()
    {
        var images = new ImageDataset<float>(new Shape(1, 28, 28), new byte[784 * 100], new int[100], Classes);
        IImageAugmentation[] augmentations =
            [new RandomAffine(degrees: 15, shift: 2), new ElasticDistortion(), new RandomShift(1), new RandomFlip(), new RandomApply(new RandomNoise(0.1), 0.5)];
        IDataset<float> epoch = new AugmentedDataset<float>(images, augmentations, seed: 1).ForEpoch(0);
        Matrix<float> features = Matrix<float>.Build.Dense(10, 784), targets = Matrix<float>.Build.Dense(10, Classes);
        int[] indices = [.. Enumerable.Range(0, 10)];
        Steady(() => epoch.CopyBatch(indices, features, targets));
    }

    [Fact]
    public void Predicting_into_given_memory_allocates_nothing()
    {
        Network<float> network = Network.Input<float>(Features).Affine(8).Relu().Affine(Classes).SoftmaxWithLoss().Build(seed: 1);
        Matrix<float> input = Make.Uniform<float>(10, Features, seed: 1), output = Matrix<float>.Build.Dense(10, Classes);
        (float[] samples, float[] outputs) = (new float[Features], new float[Classes]);
        int[] labels = Make.Labels(10, Classes, seed: 3);
        Predictor<float> predictor = network.ToPredictor();
        Steady(() =>
        {
            predictor.Predict(input, output);
            predictor.Predict(samples, outputs);
            network.Predict(input, output);
            network.Predict(samples, outputs);
            network.Loss(input, labels);
            network.Accuracy(input, labels);
        });
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void A_metric_allocates_nothing(string name)
    {
        IMetric metric = MetricCases.Row(name).Create();
        Matrix<float> predictions = Make.Probabilities(20, Classes, seed: 1).As<float>(), targets = Make.OneHotRows(20, Classes, seed: 2).As<float>();
        Steady(() =>
        {
            metric.Reset();
            metric.Add(predictions, targets);
            metric.Add(predictions, targets);
        });
    }

    [Fact]
    public void An_evaluation_allocates_nothing_for_a_batch()
    {
        const int Batches = 50;
        Network<float> network = Network.Input<float>(Features).Affine(8).Relu().Affine(Classes).SoftmaxWithLoss().Build(seed: 1);
        var dataset = new ImageDataset<float>(Features, new byte[Features * ((4 * Batches) - 1)], new int[(4 * Batches) - 1], Classes);
        var batches = new Batches<float>(dataset, batchSize: 4);
        IMetric[] metrics = [new Accuracy(), new F1Score(), new RocAuc(), new LogLoss()];
        Steady(() => network.Evaluate(batches, metrics), unitsInAStep: Batches);
    }

    // The test runner and the runtime allocate now and then for themselves, in the same process. An object is 24 bytes at least, so a step that
    // allocates shows as no less than that in every attempt.
    private static void Steady(Action step, int unitsInAStep = 1)
    {
        const int Repeats = 200, Attempts = 25, SmallestObject = 24;
        int limit = Repeats * unitsInAStep * SmallestObject;
        for (int i = 0; i < 50; i++)
            step();

        long least = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && least >= limit; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Repeats; i++)
                step();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        least.Should().BeLessThan(limit);
    }
}
