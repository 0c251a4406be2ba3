namespace NeuralNet.Tests;

/// <summary>What a network was at one moment, for predictions alone.</summary>
public class PredictorTests
{
    public static TheoryData<string> Layers => LayerCases.Names;

    [Theory]
    [MemberData(nameof(Layers))]
    public void Every_layer_predicts_with_the_networks_bits(string name)
    {
        LayerCase row = LayerCases.Row(name);
        Check(row.CreateNetwork<float>());
        Check(row.CreateNetwork<double>());

        void Check<T>(Network<T> network)
            where T : unmanaged, IFloatingPointIeee754<T> => ShouldPredictAlike(network, [.. ((int[])[1, 2, 17]).Select(samples => row.Batch<T>(Math.Max(samples, row.LeastBatch), seed: samples))]);
    }

    // Windows that slide and both kinds of tiles, with groups and channels that two and eight threads share in the middle of a strip; and affine layers, large and small.
    [Fact]
    public void Networks_predict_with_their_bits_on_any_number_of_threads()
    {
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Network<T> network = Network.Input<T>(new Shape(2, 26, 26))
                .Convolution(16, 3, padding: 1).Relu()
                .Convolution(24, 3).MaxPooling(2).Relu()
                .Convolution(48, 3, padding: 1).BatchNormalization().Relu()
                .Residual(inner => inner.Convolution(48, 3, padding: 1))
                .Convolution(96, 3, groups: 3).Relu()
                .Convolution(20, 3, padding: 1).MaxPooling(2).Relu()
                .Affine(700).Relu().Affine(330).Relu().Affine(10).SoftmaxWithLoss().Build(seed: 1);
            ShouldPredictAlike(network, [.. ((int[])[1, 2, 17, 40]).Select(samples => Make.Uniform<T>(samples, 2 * 26 * 26, seed: samples))]);
        }
    }

    [Fact]
    public void Training_on_changes_the_network_and_not_the_predictor()
    {
        Network<double> network = Network.Input<double>(6).Affine(8).BatchNormalization().Relu().Affine(3).SoftmaxWithLoss().Build(seed: 1);
        Matrix<double> x = Make.Uniform(10, 6, seed: 2), before = network.Predict(x);
        Predictor<double> predictor = network.ToPredictor();

        network.Step(x, Make.Labels(10, 3, seed: 3), new Optimizer<double>(network, new Sgd(1)));

        predictor.Predict(x).ShouldBeBits(before);
        Matrix<double> after = network.Predict(x);
        after.Equals(before).Should().BeFalse();
        network.ToPredictor().Predict(x).ShouldBeBits(after);
    }

    [Fact]
    public void Weights_are_packed_wherever_they_are()
    {
        Network<float> network = Network.Input<float>(new Shape(16, 6, 6)).Residual(inner => inner.Convolution(16, 3, padding: 1)).Flatten().Affine(3).SoftmaxWithLoss().Build(seed: 1);

        LayerChain<float> frozen = network.Chain.Freeze();
        frozen.Parameters.Where(parameter => parameter.Packed is not null).Select(parameter => parameter.Name).Should().Equal("0.0.0.weight", "2.weight");
        frozen.Replicate().Parameters.Select(parameter => parameter.Packed).Should().Equal(frozen.Parameters.Select(parameter => parameter.Packed), "a replica shares them");
        network.Parameters.Should().OnlyContain(parameter => parameter.Packed == null, "its weights may change");
    }

    [Fact]
    public void It_says_what_the_network_said()
    {
        Network<float> network = Network.Input<float>(new Shape(1, 4, 4)).Affine(2).SoftmaxWithLoss().Build(seed: 1);
        (network.MaxThreads, network.ClassNames) = (3, ["cat", "dog"]);
        Predictor<float> predictor = network.ToPredictor();
        (network.MaxThreads, network.ClassNames) = (1, []);

        (predictor.InputShape, predictor.OutputShape, predictor.MaxThreads).Should().Be((new Shape(1, 4, 4), new Shape(2), 3));
        predictor.ClassNames.Should().Equal("cat", "dog");
        float[] sample = new float[16];
        predictor.Classify(sample).Select(found => (found.Class, found.Name, found.Probability)).Should().Equal((0, "cat", 0.5), (1, "dog", 0.5));
    }

    [Fact]
    public async Task Many_threads_at_once_predict_what_one_does()
    {
        Network<float> network = Network.Input<float>(60).Affine(70).Relu().Affine(3).SoftmaxWithLoss().Build(seed: 1);
        Predictor<float> predictor = network.ToPredictor();
        Matrix<float>[] inputs = [.. Enumerable.Range(0, 8).Select(i => Make.Uniform<float>(1 + (i % 3), 60, seed: i))];
        Matrix<float>[] expected = [.. inputs.Select(network.Predict)];
        using var start = new Barrier(inputs.Length);

        await Task.WhenAll(inputs.Select((input, i) => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                for (int round = 0; round < 100; round++)
                    predictor.Predict(input).ShouldBeBits(expected[i]);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Network<double> network = Network.Input<double>(4).Affine(3).SoftmaxWithLoss().Build(seed: 1);
        Predictor<double> predictor = network.ToPredictor();

        predictor.Invoking(it => it.Predict(Make.Uniform(2, 5, seed: 1))).Should().Throw<ArgumentException>().WithMessage("The network expects input of shape [N, 4], got [2, 5].*");
        predictor.Invoking(it => it.Predict(new double[8], new double[3])).Should().Throw<ArgumentException>();
        predictor.Invoking(it => it.MaxThreads = 0).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*MaxThreads*");
        Network.Input<double>(4).Add(new Cube()).Build(seed: 1).Invoking(it => it.ToPredictor()).Should().Throw<InvalidOperationException>().WithMessage("No layer of kind Cube is registered.*");
    }

    // As matrices and as samples one after another.
    private static void ShouldPredictAlike<T>(Network<T> network, Matrix<T>[] batches)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Predictor<T> predictor = network.ToPredictor();
        foreach (Matrix<T> batch in batches)
        {
            Matrix<T> expected = network.Predict(batch);
            foreach (int threads in (int[])[1, 2, 8])
            {
                predictor.MaxThreads = threads;
                predictor.Predict(batch).ShouldBeBits(expected, $"{batch.RowCount} samples on {threads} threads");
                var outputs = new T[batch.RowCount * network.OutputShape.Size];
                predictor.Predict(batch.ToRowMajorArray(), outputs);
                outputs.Should().Equal(expected.ToRowMajorArray());
            }
        }
    }
}
