using System.Text.Json;

namespace NeuralNet.Tests;

public class ScalingTests
{
    private static readonly ArrayDataset<double> Small = new(2, [1, 10, 3, 30], 1, [5, 9]);

    // scaling.json: make_scaling.py, scikit-learn 1.2.1.
    [Theory]
    [InlineData("standardize")]
    [InlineData("min-max")]
    [InlineData("min-max from -1 to 2")]
    [InlineData("channels")]
    public void Features_are_scaled_as_by_scikit_learn(string name)
    {
        Check<double>(MatrixAssertions.DoubleTolerance);

        // A mean of 1000 leaves 1000·2⁻²⁴ of a float's digits behind it.
        Check<float>(1e-4);

        void Check<T>(double tolerance)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            JsonElement golden = GoldenFile.Row("scaling", name);
            Matrix<T> x = golden.Matrix("features").As<T>();
            ArrayDataset<T> data = Data(x, name == "channels" ? new Shape(3, 2, 2) : x.ColumnCount);
            Scaling scaling = name switch
            {
                "standardize" => Scaling.Standardize(data),
                "min-max" => Scaling.MinMax(data),
                "channels" => Scaling.PerChannel(data),
                _ => Scaling.MinMax(data, -1, 2),
            };

            Matrix<T> scaled = scaling.Apply(x);
            scaled.ShouldBeClose(golden.Matrix("scaled"), tolerance);
            scaling.Invert(scaled).ShouldBeClose(x.AsDouble(), tolerance);
            All(scaling.Apply(data)).ShouldBeBits(scaled, "the data set, scaled");
            if (golden.TryGetProperty("other", out _))
                scaling.Apply(golden.Matrix("other").As<T>()).ShouldBeClose(golden.Matrix("otherScaled"), tolerance);

            Network<T> network = Network.Input<T>(data.FeatureShape).Normalization(scaling).Build(seed: 1);
            network.Predict(x).ShouldBeBits(scaled, "what the layer makes of it");
        }
    }

    [Fact]
    public void By_hand()
    {
        // Means 2 and 20, deviations 1 and 10 (divided by the number of samples); targets 5 and 9.
        Numbers(Scaling.Standardize(Small)).Should().Equal(2, 20, 1, 0.1);
        Numbers(Scaling.MinMax(Small)).Should().Equal(1, 10, 0.5, 0.05);
        Numbers(Scaling.MinMax(Small, -1, 1)).Should().Equal(2, 20, 1, 0.1);
        Numbers(Scaling.StandardizeTargets(Small)).Should().Equal(7, 0.5);
        Numbers(Scaling.PerChannel(new ArrayDataset<float>(new Shape(2, 2, 1), [1, 3, 20, 40], 1, [0]))).Should().Equal(2, 30, 1, 0.1);
        Scaling.Standardize(Small).ToString().Should().Be("Scaling(2)");
    }

    [Fact]
    public void Targets_are_scaled_and_predictions_taken_back()
    {
        Scaling scaling = Scaling.StandardizeTargets(Small);
        IDataset<double> scaled = scaling.ApplyToTargets(Scaling.Standardize(Small).Apply(Small));
        Batch<double> batch = First(scaled);

        batch.Features.Enumerate().Should().Equal(-1, 1, -1, 1);
        batch.Targets.Enumerate().Should().Equal(-1, 1);
        scaling.Invert(batch.Targets).Enumerate().Should().Equal(5, 9);
        scaled.ToString().Should().Be("ScaledTargets(Scaled(ArrayDataset(2 of 2 -> 1)))");
    }

    [Fact]
    public void A_large_set_is_read_in_blocks_and_a_mean_far_from_0_costs_no_digits()
    {
        // 2,500 samples are three blocks. Of 0 to 2499: mean 1249.5, variance (2500² - 1)/12.
        double[] numbers = [.. Enumerable.Range(0, 2500).Select(i => 1e9 + i)];
        Scaling scaling = Scaling.Standardize(new ArrayDataset<double>(1, numbers, 1, new double[2500]));

        scaling.Offsets[0].Should().Be(1e9 + 1249.5);
        scaling.Factors[0].ShouldBeClose(1 / Math.Sqrt(((2500.0 * 2500) - 1) / 12), 1e-14);
    }

    [Theory]
    [InlineData(0.1, 1000)]
    [InlineData(1e6 + 0.1, 3000)]
    [InlineData(0, 5)]
    [InlineData(-3, 1)]
    public void A_constant_feature_becomes_0_and_others_stay_finite(double constant, int count)
    {
        double[] features = [.. Enumerable.Repeat(constant, count)];
        var data = new ArrayDataset<double>(1, features, 1, new double[count]);

        Scaling.Standardize(data).Factors[0].Should().Be(1);
        Scaling.Standardize(data).Apply(Make.Rows([constant]))[0, 0].Should().BeApproximately(0, 1e-9);
        Numbers(Scaling.MinMax(data)).Should().Equal(constant, 1);
        Scaling.MinMax(data, 2, 5).Apply(Make.Rows([constant]))[0, 0].Should().BeApproximately(2, 1e-9);
    }

    [Fact]
    public void Numbers_that_rounding_alone_made_different_are_constant() =>
        Scaling.Standardize(new ArrayDataset<double>(1, [0.3, 0.1 + 0.2, 0.3], 1, new double[3])).Factors[0].Should().Be(1);

    [Fact]
    public void A_scaled_set_has_the_labels_weights_and_epochs_of_the_other()
    {
        var data = new ArrayDataset<float>(1, [1, 3, 5], [0, 1, 1], 2, [1, 2, 3]);
        IDataset<float> scaled = new Scaling([1], [2]).Apply<float>(data);
        var weights = new float[2];
        scaled.CopyWeights([2, 0], weights);

        weights.Should().Equal(3, 1);
        scaled.Labels.ToArray().Should().Equal(0, 1, 1);
        (scaled.Count, scaled.FeatureShape, scaled.TargetShape, scaled.HasSampleWeights).Should().Be((3, (Shape)1, (Shape)2, true));
        scaled.ForEpoch(5).Should().BeSameAs(scaled);
        Split.Stratified(scaled, 0.5, seed: 1).Train.Count.Should().Be(2);
        All(new Scaling([1], [2]).Apply(new Growing())).Enumerate().Should().Equal(-2);
        All(new Scaling([1], [2]).Apply(new Growing()).ForEpoch(3)).Enumerate().Should().Equal(4);
    }

    [Fact]
    public void A_network_keeps_its_scaling_with_its_weights()
    {
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.FullName, "weights.safetensors");
        Network<float> network = Network.Input<float>(2).Normalization(new Scaling([2, 20], [1, 0.1])).Affine(3).Build(seed: 1);
        Network<float> unscaled = Network.Input<float>(2).Normalization(2).Affine(3).Build(seed: 1);
        Matrix<float> x = Make.Uniform<float>(4, 2, seed: 1);
        network.SaveWeights(path);

        File.ReadAllText(path).Should().Contain("\"0.offset\":{\"dtype\":\"F32\",\"shape\":[2]").And.Contain("\"0.factor\":");
        network.Replicate().Predict(x).ShouldBeBits(network.Predict(x));
        unscaled.Predict(x).Equals(network.Predict(x)).Should().BeFalse();
        unscaled.WeightsSha256().Should().NotBe(network.WeightsSha256());
        network.States.Select(state => state.ToString()).Should().Equal("0.offset [2]", "0.factor [2]");
        network.Parameters.Select(parameter => parameter.Name).Should().Equal("1.weight", "1.bias");
        network.ToString().Should().Contain("Normalization(2)");
    }

    [Fact]
    public void A_steady_batch_allocates_nothing()
    {
        IDataset<double> scaled = Scaling.StandardizeTargets(Small).ApplyToTargets(Scaling.Standardize(Small).Apply(Small));
        Matrix<double> features = Matrix<double>.Build.Dense(3, 2), targets = Matrix<double>.Build.Dense(3, 1);
        int[] indices = [1, 0, 1];
        scaled.CopyBatch(indices, features, targets);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            scaled.CopyBatch(indices, features, targets);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    [Fact]
    public void Wrong_arguments_are_told_in_words()
    {
        var classes = new ArrayDataset<float>(1, [1, 2], [0, 1], 2);
        var holes = new ArrayDataset<float>(2, [1, float.NaN, 2, 3], [0, 1], 2);

        Wrong(() => new Scaling([1, 2], [1]), "A scaling expects as many factors as offsets, at least one; got 2 offsets and 1 factors.*");
        Wrong(() => new Scaling([], []), "A scaling expects as many factors as offsets, at least one; got 0 offsets and 0 factors.*");
        Wrong(() => new Scaling([1, double.NaN], [1, 1]), "offsets must be finite; got NaN at index 1.*");
        Wrong(() => new Scaling([1], [0]), "factors must be finite and not 0; got 0 at index 0.*");
        Wrong(() => Scaling.Standardize(holes), "ArrayDataset(2 of 2 -> 2): feature 1 is not finite in every sample*");
        Wrong(() => Scaling.MinMax(holes), "ArrayDataset(2 of 2 -> 2): feature 1 is not finite in every sample*");
        Wrong(() => Scaling.MinMax(classes, 1, 1), "high must be greater than low = 1 and finite; got 1.*");
        Wrong(() => Scaling.PerChannel(classes), "Scaling.PerChannel expects samples of shape (channels, height, width), and ArrayDataset(2 of 1 -> 2) has flat ones. Use Scaling.Standardize.*");
        Wrong(() => Scaling.StandardizeTargets(classes), "ArrayDataset(2 of 1 -> 2) has classes: its targets are not numbers to scale.*");
        Wrong(() => new Scaling([1], [1]).ApplyToTargets(classes), "ArrayDataset(2 of 1 -> 2) has classes*");
        Wrong(() => new Scaling([1, 2], [1, 1]).Apply(classes), "Scaling(2) expects samples of 2 numbers or 2 channels, got 1.*");
        Wrong(() => new Scaling([1, 2], [1, 1]).Apply(Make.Rows([1, 2, 3])), "Scaling(2) expects samples of shape [N, 2], or a multiple of 2 columns; got [1, 3].*");
        Wrong(() => new Scaling([1e300], [1]).Apply(classes), "Scaling: 1E+300 is too large for Single.*");
        Wrong(() => new Normalization<float>([1], [1e300]), "Normalization: 1E+300 is too large for Single.*");
        Wrong(() => new Normalization<float>(0), "size must be at least 1; got 0.*");
        Wrong(() => new Normalization<float>([], []), "A scaling expects *; got 0 offsets and 0 factors.*");
        Wrong(() => Network.Input<float>(new Shape(3, 2, 2)).Normalization(4).Build(), "Layer 0 Normalization(4) does not fit: *expects samples of 4 numbers or 4 channels, got 3x2x2 = 12.*");

        static void Wrong(Func<object> action, string message) => action.Should().Throw<ArgumentException>().WithMessage(message);
    }

    private static double[] Numbers(Scaling scaling) => [.. scaling.Offsets, .. scaling.Factors];

    private static ArrayDataset<T> Data<T>(Matrix<T> samples, Shape shape)
        where T : unmanaged, IFloatingPointIeee754<T> => new(shape, samples.ToRowMajorArray(), 1, new T[samples.RowCount]);

    private static Matrix<T> All<T>(IDataset<T> dataset)
        where T : unmanaged, IFloatingPointIeee754<T> => First(dataset).Features;

    private static Batch<T> First<T>(IDataset<T> dataset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        BatchEnumerator<T> batches = new Batches<T>(dataset, dataset.Count, seed: 0).InOrder();
        batches.MoveNext();
        return batches.Current;
    }

    // One sample that is the number of the epoch.
    private sealed class Growing(int epoch = 0) : IDataset<double>
    {
        public int Count => 1;

        public Shape FeatureShape => 1;

        public Shape TargetShape => 1;

        public IDataset<double> ForEpoch(int epoch) => new Growing(epoch);

        public void CopyBatch(ReadOnlySpan<int> indices, Matrix<double> features, Matrix<double> targets) => features[0, 0] = epoch;
    }
}
