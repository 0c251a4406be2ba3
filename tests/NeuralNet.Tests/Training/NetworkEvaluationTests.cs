using NeuralNet.Kernels;

namespace NeuralNet.Tests;

public class NetworkEvaluationTests
{
    public static TheoryData<string> Losses => LossCases.Names;

    [Theory, MemberData(nameof(Losses))]
    public void One_pass_gives_the_loss_and_the_predictions_to_the_bit(string name)
    {
        LossCase row = LossCases.Row(name);
        Matrix<double> x = row.Input(30), t = row.Target(30);
        var body = new Counting();
        Network<double> network = Network.Input<double>(row.Outputs).Add(body).Add(row.New<double>()).Build(seed: 1);
        (Matrix<double> predictions, double loss) = (network.Predict(x), network.Loss(x, t));
        body.Passes = 0;

        var seen = new Recorder();
        network.Evaluate(Dataset(x, t), [seen]).Should().Be(loss);
        seen.Predictions.Should().ContainSingle().Which.ShouldBeBits(predictions);
        seen.Targets.Should().ContainSingle().Which.ShouldBeBits(t);
        body.Passes.Should().Be(1);
    }

    [Fact]
    public void Many_batches_add_up_as_the_blocks_of_a_whole_do()
    {
        // As many rows in a batch as the network runs at once, so that the sums are the same.
        const int Rows = (2 * Evaluator<float>.LossRows) + 7;
        Network<float> network = Network.Input<float>(4).Affine(8).Tanh().Affine(3).SoftmaxWithLoss().Build(seed: 1);
        Matrix<float> x = Make.Uniform<float>(Rows, 4, seed: 2);
        int[] labels = Make.Labels(Rows, 3, seed: 3);
        float[] weights = Make.Uniform<float>(Rows, 1, seed: 4, low: 0, high: 2).ToColumnMajorArray();
        var dataset = new ArrayDataset<float>(4, x.ToRowMajorArray(), labels, 3, weights);
        var batches = new Batches<float>(dataset, Evaluator<float>.LossRows);
        (Accuracy accuracy, var seen, LogLoss logLoss) = (new Accuracy(), new Recorder(), new LogLoss());

        network.Evaluate(batches, [accuracy, seen, logLoss]).Should().Be(network.Loss(x, labels, weights));
        accuracy.Value.Should().Be(network.Accuracy(x, labels));
        seen.Predictions.Aggregate((above, below) => above.Stack(below)).ShouldBeBits(network.Predict(x).AsDouble());
        logLoss.Value.ShouldBeClose(network.Loss(x, labels), MatrixAssertions.SingleTolerance);

        // Again over the same batches, and in others.
        network.Evaluate(batches, [accuracy]).Should().Be(network.Loss(x, labels, weights));
        accuracy.Value.Should().Be(network.Accuracy(x, labels));
        Evaluation evaluation = network.Evaluate(dataset);
        evaluation.Accuracy.Should().Be(accuracy.Value);
        evaluation.Loss.ShouldBeClose(network.Loss(x, labels, weights), MatrixAssertions.DoubleTolerance);
    }

    [Fact]
    public void Batches_without_weight_count_in_the_metrics_alone()
    {
        Network<double> network = Network.Input<double>(4).Affine(3).SoftmaxWithLoss(classWeights: [1, 1, 0]).Build(seed: 1);
        Matrix<double> x = Make.Uniform(6, 4, seed: 2), t = OneHot.Encode<double>([0, 1, 0, 1, 2, 2], 3);
        double[] weights = [0, 0, 1, 3, 1, 1];
        var accuracy = new Accuracy();
        var batches = new Batches<double>(Dataset(x, t, weights), batchSize: 2);

        network.Evaluate(batches, [accuracy]).Should().Be(network.Loss(x, t, weights));
        accuracy.Value.Should().Be(network.Accuracy(x, t));
        network.Invoking(it => it.Evaluate(Dataset(x.SubMatrix(4, 2, 0, 4), t.SubMatrix(4, 2, 0, 3)), [accuracy]))
            .Should().Throw<ArgumentException>().WithMessage("SoftmaxWithLoss(3 classWeights): no target has a class of weight greater than 0*");
        network.Invoking(it => it.Evaluate(new Subset<double>(Dataset(x, t, weights), [0, 1]), [accuracy]))
            .Should().Throw<ArgumentException>().WithMessage("SoftmaxWithLoss(3 classWeights): no target has a class of weight greater than 0 in a sample of weight greater than 0*");
    }

    [Fact]
    public void Large_images_are_evaluated_a_few_at_a_time()
    {
        var images = new Images();
        Network<double> large = Network.Input<double>(images.FeatureShape).GlobalAveragePooling().Affine(2).MeanSquaredError().Build(seed: 1);
        Network<double> small = Network.Input<double>(4).Affine(2).MeanSquaredError().Build(seed: 1);

        large.BatchesToEvaluate(images).BatchSize.Should().Be(7, "of 2048 x 2048 numbers and 1 a layer takes in and gives, 7 samples' fit into 256 MB");
        small.BatchesToEvaluate(Dataset(Make.Uniform(3, 4, seed: 1), Make.Uniform(3, 2, seed: 2))).BatchSize.Should().Be(1000);
        small.Chain.SamplesWithin(480).Should().Be(10, "the layer takes in 4 and gives 2 numbers of 8 bytes");
        small.Chain.SamplesWithin(1).Should().Be(1);
    }

    [Fact]
    public void Batches_are_read_by_no_more_threads_than_the_network_may_use()
    {
        var images = new Images(2);
        Network<double> network = Network.Input<double>(images.FeatureShape).GlobalAveragePooling().Affine(2).MeanSquaredError().Build(seed: 1);
        network.MaxThreads = 7;
        network.Evaluate(images, []);
        images.Limits.Should().NotBeEmpty().And.OnlyContain(limit => limit == 7);
    }

    [Fact]
    public void Numbers_are_measured_too()
    {
        Network<double> network = Network.Input<double>(4).Affine(2).MeanSquaredError().Build(seed: 1);
        Matrix<double> x = Make.Uniform(20, 4, seed: 2), t = Make.Uniform(20, 2, seed: 3);
        (MeanSquaredError error, R2 r2) = (new MeanSquaredError(), new R2());

        double loss = network.Evaluate(Dataset(x, t), [error, r2]);
        error.Value.ShouldBeClose(loss, MatrixAssertions.DoubleTolerance);
        r2.Value.Should().BeLessThan(1);
    }

    // The network has one thing at a time to do, since its layer cannot be made again.
    [Fact]
    public void A_metric_that_asks_a_network_which_cannot_be_replicated_is_told_so_instead_of_waiting_for_ever()
    {
        Matrix<double> x = Make.Uniform(4, 4, seed: 2);
        Network<double> custom = Network.Input<double>(4).Add(new Counting()).MeanSquaredError().Build(seed: 1), registered = Network.Input<double>(4).Affine(4).MeanSquaredError().Build(seed: 1);

        registered.Evaluate(Dataset(x, x), [new Asking(registered, x)]);
        custom.Invoking(it => it.Evaluate(Dataset(x, x), [new Asking(it, x)])).Should().Throw<InvalidOperationException>().WithMessage("The network is asked for outputs by what it is computing*register them*");
        custom.Predict(x).ShouldBeBits(x);
    }

    [Fact]
    public void What_is_missing_is_told_in_words()
    {
        Matrix<double> x = Make.Uniform(4, 4, seed: 2), t = Make.OneHotRows(4, 3, seed: 3);
        Network<double> headless = Network.Input<double>(4).Affine(3).Build(seed: 1), network = Network.Input<double>(4).Affine(3).SoftmaxWithLoss().Build(seed: 1);

        headless.Invoking(it => it.Evaluate(Dataset(x, t), [])).Should().Throw<InvalidOperationException>().WithMessage("The network ends in Affine(4 -> 3) and has no loss*");
        network.Invoking(it => it.Evaluate(Dataset(x, t), null!)).Should().Throw<ArgumentNullException>();
        network.Invoking(it => it.Evaluate((IDataset<double>)null!)).Should().Throw<ArgumentNullException>();
        network.Invoking(it => it.Evaluate(Dataset(x, t), [new RocAuc(), null!])).Should().Throw<ArgumentException>().WithMessage("*metrics*index 1*null*");
        network.Invoking(it => it.Evaluate(Dataset(x, x), [])).Should().Throw<ArgumentException>().WithMessage("The network expects targets of shape [4, 3], got [4, 4].*");
    }

    private static ArrayDataset<double> Dataset(Matrix<double> x, Matrix<double> t, double[]? weights = null) =>
        new(x.ColumnCount, x.ToRowMajorArray(), t.ColumnCount, t.ToRowMajorArray(), weights);

    // Square ones, of zeros. They note how many threads might read them.
    private sealed class Images(int side = 2048) : IDataset<double>
    {
        public List<int> Limits { get; } = [];

        public int Count => 3;

        public Shape FeatureShape => new(1, side, side);

        public Shape TargetShape => 2;

        public void CopyBatch(ReadOnlySpan<int> indices, Matrix<double> features, Matrix<double> targets)
        {
            Limits.Add(ThreadLimit.Current);
            features.Clear();
            targets.Clear();
        }
    }

    private sealed class Counting : ILayer<double>
    {
        public int Passes { get; set; }

        public Matrix<double> Forward(Matrix<double> input)
        {
            Passes++;
            return input;
        }

        public Matrix<double> Backward(Matrix<double> outputGradient) => outputGradient;
    }

    private sealed class Asking(Network<double> network, Matrix<double> x) : IMetric
    {
        public string Name => "asking";

        public bool HigherIsBetter => true;

        public double Value => 0;

        public void Add<T>(Matrix<T> predictions, Matrix<T> targets)
            where T : unmanaged, IFloatingPointIeee754<T> => network.Predict(x);

        public void Reset()
        {
        }
    }

    private sealed class Recorder : IMetric
    {
        public List<Matrix<double>> Predictions { get; } = [];

        public List<Matrix<double>> Targets { get; } = [];

        public string Name => "recorder";

        public bool HigherIsBetter => true;

        public double Value => Predictions.Count;

        public void Add<T>(Matrix<T> predictions, Matrix<T> targets)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Predictions.Add(predictions.AsDouble());
            Targets.Add(targets.AsDouble());
        }

        public void Reset()
        {
            Predictions.Clear();
            Targets.Clear();
        }
    }
}
