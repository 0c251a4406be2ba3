namespace NeuralNet.Tests;

/// <summary>Steps, predictions, losses and replicas.</summary>
public class NetworkTests
{
    private const int ManyRows = (2 * Evaluator<double>.LossRows) + 77;

    private readonly Network<double> network = Network.Input<double>(4).Affine(5).Relu().Affine(3).SoftmaxWithLoss().Build(seed: 1);

    // A layer so wide that sixteen samples are a block: however many there are, none is empty.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Any_number_of_samples_passes_through_wide_layers(int threads)
    {
        const int Most = 70;
        Network<double> network = Network.Input<double>(3).Affine(17_000).Tanh().Affine(2).Build(seed: 1);
        network.MaxThreads = threads;
        Matrix<double> x = Make.Uniform(Most, 3, seed: 2), y = network.Predict(x);
        for (int rows = 1; rows < Most; rows++)
            network.Predict(x.SubMatrix(0, rows, 0, 3)).ShouldBeBits(y.SubMatrix(0, rows, 0, 2));
    }

    [Fact]
    public void A_step_is_forward_loss_backward_and_update()
    {
        Matrix<double> x = Make.Uniform(6, 4, seed: 2);
        int[] labels = Make.Labels(6, 3, seed: 3);
        Network<double> same = Network.Input<double>(4).Affine(5).Relu().Affine(3).SoftmaxWithLoss().Build(seed: 1);
        double loss = network.Step(x, labels, new Optimizer<double>(network, new Sgd(0.1)));

        // By hand: the same layers one after another, then value - 0.1·gradient.
        Matrix<double> scores = same.Layers[2].Forward(same.Layers[1].Forward(same.Layers[0].Forward(x)));
        var lossLayer = (ILossLayer<double>)same.Layers[3];
        lossLayer.Forward(scores, labels).Should().Be(loss);
        same.Layers[0].Backward(same.Layers[1].Backward(same.Layers[2].Backward(lossLayer.Backward())));
        foreach ((Parameter<double> stepped, Parameter<double> byHand) in network.Parameters.Zip(same.Parameters))
            stepped.Value.ShouldBeBits(byHand.Value.Map2((value, gradient) => value - (0.1 * gradient), byHand.Gradient, Zeros.Include), stepped.Name);
        network.StepNumber.Should().Be(1);
    }

    [Fact]
    public void Training_learns_a_separable_problem()
    {
        Matrix<double> x = Make.Uniform(200, 4, seed: 2);
        int[] labels = [.. x.EnumerateRows().Select(row => row[0] > row[1] ? 0 : row[2] > 0 ? 1 : 2)];
        var optimizer = new Optimizer<double>(network, new Adam(0.05));
        double before = network.Loss(x, labels);
        for (int step = 0; step < 300; step++)
            network.Step(x, labels, optimizer);

        network.Loss(x, labels).Should().BeLessThan(before / 4);
        network.Accuracy(x, labels).Should().BeGreaterThan(0.9);
    }

    [Fact]
    public void Frozen_parameters_stay_and_the_others_learn()
    {
        network.Parameters[0].Trainable = false;
        Matrix<double>[] before = [.. network.Parameters.Select(parameter => parameter.Value.Clone())];
        network.Step(Make.Uniform(6, 4, seed: 2), Make.Labels(6, 3, seed: 3), new Optimizer<double>(network, new Adam()));

        network.Parameters[0].Value.ShouldBeBits(before[0]);
        network.Parameters[0].Gradient.Enumerate().Should().Contain(value => value != 0);
        network.Parameters.Skip(1).Zip(before.Skip(1)).Should().OnlyContain(pair => !pair.First.Value.Equals(pair.Second));
    }

    [Fact]
    public void Gradients_are_overwritten_and_change_nothing_else()
    {
        string weights = network.WeightsSha256();
        Matrix<double> x = Make.Uniform(6, 4, seed: 2);
        double loss = network.Gradients(x, Make.Labels(6, 3, seed: 3));
        Matrix<double> gradient = network.Parameters[0].Gradient.Clone();

        network.Gradients(x, Make.Labels(6, 3, seed: 3)).Should().Be(loss);
        network.Parameters[0].Gradient.ShouldBeBits(gradient);
        network.WeightsSha256().Should().Be(weights);
        network.StepNumber.Should().Be(0);
    }

    [Fact]
    public void Predicting_more_rows_than_a_block_is_predicting_row_by_row_to_the_bit()
    {
        Matrix<double> x = Make.Uniform(ManyRows, 4, seed: 2);
        Matrix<double> y = network.Predict(x);

        y.RowCount.Should().Be(ManyRows);
        for (int row = 0; row < ManyRows; row++)
            network.Predict(x.RowOf(row)).ShouldBeBits(y.RowOf(row), $"row {row}");
    }

    [Fact]
    public void Predictions_into_matrices_and_spans_are_those_returned_and_a_returned_matrix_stays()
    {
        Matrix<double> x = Make.Uniform(ManyRows, 4, seed: 2), y = network.Predict(x), kept = y.Clone();
        Matrix<double> given = Make.Uniform(ManyRows, 3, seed: 9);
        network.Predict(x, given);
        var outputs = new double[ManyRows * 3];
        network.Predict(x.ToRowMajorArray(), outputs);

        given.ShouldBeBits(kept);
        outputs.Should().Equal(kept.ToRowMajorArray());
        y.ShouldBeBits(kept);
        network.Predict(Matrix<double>.Build.SparseOfMatrix(x)).ShouldBeBits(kept);
    }

    [Fact]
    public void A_network_of_pass_throughs_returns_a_matrix_of_its_own()
    {
        Matrix<double> x = Make.Uniform(3, 4, seed: 2);
        Matrix<double> y = Network.Input<double>(4).Identity().Build(seed: 1).Predict(x);

        y.Should().NotBeSameAs(x);
        y.ShouldBeBits(x);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_loss_over_many_blocks_is_the_plain_formula(bool weighted)
    {
        Matrix<double> x = Make.Uniform(ManyRows, 4, seed: 2);
        int[] labels = Make.Labels(ManyRows, 3, seed: 3);
        double[] weights = weighted ? Make.Uniform(ManyRows, 1, seed: 4, low: 0, high: 3).ToColumnMajorArray() : [];

        // A whole block may weigh nothing.
        weights.AsSpan(0, weighted ? Evaluator<double>.LossRows : 0).Clear();
        Matrix<double> y = network.Predict(x);
        double expected = Enumerable.Range(0, ManyRows).Sum(i => -Math.Log(y[i, labels[i]]) * (weighted ? weights[i] : 1)) / (weighted ? weights.Sum() : ManyRows);

        network.Loss(x, labels, weights).ShouldBeClose(expected, MatrixAssertions.DoubleTolerance);
        network.Loss(x, OneHot.Encode<double>(labels, 3), weights).ShouldBeClose(expected, MatrixAssertions.DoubleTolerance);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void With_class_weights_the_loss_over_many_blocks_is_that_over_all_rows_at_once(double labelSmoothing)
    {
        // All of a block may be of one class.
        double[] classWeights = [0.25, 4, 1];
        Network<double> weighted = Network.Input<double>(4).Affine(3).SoftmaxWithLoss(labelSmoothing, classWeights).Build(seed: 1);
        Matrix<double> x = Make.Uniform(ManyRows, 4, seed: 2), t = OneHot.Encode<double>([.. Make.Labels(ManyRows, 3, seed: 3).Order()], 3);
        double[] weights = Make.Uniform(ManyRows, 1, seed: 4, low: 0, high: 3).ToColumnMajorArray();
        Matrix<double> scores = weighted.Layers[0].Forward(x);
        double expected = new SoftmaxWithLoss<double>(labelSmoothing, classWeights).Forward(scores, t, weights);

        weighted.Loss(x, t, weights).ShouldBeClose(expected, MatrixAssertions.DoubleTolerance);
        weighted.Evaluate(new ArrayDataset<double>(4, x.ToRowMajorArray(), 3, t.ToRowMajorArray(), weights)).Loss.ShouldBeClose(expected, MatrixAssertions.DoubleTolerance);
        weighted.Replicate().Loss(x, t, weights).Should().Be(weighted.Loss(x, t, weights));
    }

    [Fact]
    public void A_block_whose_classes_weigh_nothing_counts_nothing()
    {
        Network<double> weighted = Network.Input<double>(4).Affine(3).SoftmaxWithLoss(classWeights: [0, 1, 1]).Build(seed: 1);
        Matrix<double> x = Make.Uniform(ManyRows, 4, seed: 2);
        int[] labels = [.. Make.Labels(ManyRows, 3, seed: 3)];
        labels.AsSpan(0, Evaluator<double>.LossRows).Clear();
        double expected = ((ILossLayer<double>)weighted.Layers[1]).Forward(weighted.Layers[0].Forward(x), labels);

        weighted.Loss(x, labels).ShouldBeClose(expected, MatrixAssertions.DoubleTolerance);
        weighted.Invoking(it => it.Loss(x, new int[ManyRows])).Should().Throw<ArgumentException>().WithMessage("SoftmaxWithLoss(3 classWeights): no target has a class of weight greater than 0*");
    }

    [Fact]
    public void Accuracy_counts_rows_over_many_blocks_by_labels_and_by_one_hot_rows()
    {
        Matrix<double> x = Make.Uniform(ManyRows, 4, seed: 2);
        int[] predicted = OneHot.Decode(network.Predict(x)), labels = [.. predicted];
        for (int i = 0; i < labels.Length; i += 4)
            labels[i] = (labels[i] + 1) % 3;

        // By hand: every fourth of 2125 rows, from the first, is wrong: 532; 1593 are right.
        network.Accuracy(x, labels).Should().Be(1593.0 / 2125);
        network.Accuracy(x, OneHot.Encode<double>(labels, 3)).Should().Be(1593.0 / 2125);
    }

    [Fact]
    public void Accuracy_of_one_output_is_at_the_threshold_of_one_half()
    {
        // By hand: scores 2, -3, 0.1, -0.1 give probabilities above, below, above, below 1/2; so classes 1, 0, 1, 0, against 1, 0, 0, 1.
        Network<double> single = Network.Input<double>(1).Add(new Affine<double>(Make.Rows([1]))).SigmoidWithLoss().Build(seed: 1);
        Matrix<double> x = Make.Rows([2], [-3], [0.1], [-0.1]);

        single.Accuracy(x, (int[])[1, 0, 0, 1]).Should().Be(0.5);
        single.Accuracy(x, Make.Rows([1], [0], [1], [1])).Should().Be(0.75);
    }

    [Fact]
    public void A_prediction_that_is_NaN_is_right_about_nothing() =>
        network.Accuracy(Make.Rows([double.NaN, 0, 0, 0], [0, 0, 0, 0]), OneHot.Decode(network.Predict(Make.Rows([0, 0, 0, 0], [0, 0, 0, 0])))).Should().Be(0.5);

    [Fact]
    public void A_prediction_of_NaN_is_wrong_even_where_the_target_is_NaN()
    {
        Matrix<double> nan = Make.Rows([double.NaN, 1], [0, 1]);

        Network.Input<double>(2).Identity().Build().Accuracy(nan, nan).Should().Be(0.5);
    }
}
