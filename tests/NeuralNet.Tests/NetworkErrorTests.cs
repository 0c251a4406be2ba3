namespace NeuralNet.Tests;

/// <summary>What a network says when it is used wrongly.</summary>
public class NetworkErrorTests
{
    private readonly Network<double> network = Network.Input<double>(4).Affine(5).Relu().Affine(3).SoftmaxWithLoss().Build(seed: 1);
    private readonly Matrix<double> x = Make.Uniform(2, 4, seed: 2);

    [Fact]
    public void A_wrong_input_width_throws_everywhere()
    {
        Matrix<double> wide = Make.Uniform(2, 5, seed: 2);
        const string Message = "The network expects input of shape [N, 4], got [2, 5].*";
        var optimizer = new Optimizer<double>(network, new Sgd());
        Action[] calls =
        [
            () => network.Predict(wide), () => network.Predict(wide, Make.Uniform(2, 3, seed: 1)), () => network.Loss(wide, (int[])[0, 1]),
            () => network.Accuracy(wide, (int[])[0, 1]), () => network.Gradients(wide, (int[])[0, 1]), () => network.Step(wide, (int[])[0, 1], optimizer),
        ];
        foreach (Action call in calls)
            call.Should().Throw<ArgumentException>().WithMessage(Message);
    }

    [Fact]
    public void Targets_that_do_not_fit_throw()
    {
        FluentActions.Invoking(() => network.Loss(x, Make.Uniform(2, 4, seed: 1)))
            .Should().Throw<ArgumentException>().WithMessage("The network expects targets of shape [2, 3], got [2, 4].");
        FluentActions.Invoking(() => network.Gradients(x, Make.Uniform(3, 3, seed: 1)))
            .Should().Throw<ArgumentException>().WithMessage("There must be as many targets as samples: expected 2, got 3.*");
        FluentActions.Invoking(() => network.Accuracy(x, (int[])[1]))
            .Should().Throw<ArgumentException>().WithMessage("There must be as many targets as samples: expected 2, got 1.*");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void A_label_out_of_range_throws_with_its_index(int label)
    {
        Action[] calls = [() => network.Loss(x, (int[])[0, label]), () => network.Accuracy(x, (int[])[0, label]), () => network.Gradients(x, (int[])[0, label])];
        foreach (Action call in calls)
            call.Should().Throw<ArgumentException>().WithMessage($"Labels must be from 0 to 2; got {label} at index 1.*");
    }

    [Fact]
    public void An_empty_batch_throws()
    {
        Matrix<double> empty = Matrix<double>.Build.Dense(0, 4);
        Action[] calls = [() => network.Predict(empty), () => network.Loss(empty, Array.Empty<int>()), () => network.Accuracy(empty, Array.Empty<int>()), () => network.Gradients(empty, Array.Empty<int>())];
        foreach (Action call in calls)
            call.Should().Throw<ArgumentException>().WithMessage("The network expects at least one sample, got an empty batch [0, 4].*");
        FluentActions.Invoking(() => network.Predict([], []))
            .Should().Throw<ArgumentException>().WithMessage("The network expects samples of 4 numbers each, at least one; got 0 numbers.*");
    }

    [Fact]
    public void Outputs_over_samples_that_are_not_read_yet_are_refused()
    {
        Network<double> network = Network.Input<double>(4).Affine(2).Build(seed: 1), square = Network.Input<double>(4).Affine(4).Build(seed: 1);
        double[] memory = [.. Enumerable.Range(0, 40)];
        FluentActions.Invoking(() => network.Predict(memory, memory.AsSpan(0, 20))).Should().Throw<ArgumentException>().WithMessage("outputs overlaps samples that are not read yet*");
        FluentActions.Invoking(() => square.Predict(memory.AsSpan(0, 36), memory.AsSpan(4, 36))).Should().Throw<ArgumentException>().WithMessage("outputs overlaps samples that are not read yet*");

        double[] expected = new double[40];
        square.Predict(memory, expected);
        square.Predict(memory, memory);
        memory.Should().Equal(expected);
    }

    [Fact]
    public void Spans_and_matrices_to_predict_into_must_fit()
    {
        FluentActions.Invoking(() => network.Predict(new double[7], new double[6]))
            .Should().Throw<ArgumentException>().WithMessage("The network expects samples of 4 numbers each, at least one; got 7 numbers.*");
        FluentActions.Invoking(() => network.Predict(new double[8], new double[5]))
            .Should().Throw<ArgumentException>().WithMessage("The network expects outputs of 2 x 3 numbers, got 5.*");
        FluentActions.Invoking(() => network.Predict(x, Make.Uniform(2, 4, seed: 1)))
            .Should().Throw<ArgumentException>().WithMessage("The network expects an output of shape [2, 3], got [2, 4].*");
        FluentActions.Invoking(() => network.Predict(x, Matrix<double>.Build.Sparse(2, 3)))
            .Should().Throw<ArgumentException>().WithMessage("The network expects a dense output matrix, got SparseMatrix.*");
    }

    [Fact]
    public void Sample_weights_that_do_not_fit_throw()
    {
        FluentActions.Invoking(() => network.Loss(x, (int[])[0, 1], [1.0]))
            .Should().Throw<ArgumentException>().WithMessage("The network expects 2 sample weights, one for each sample, got 1.*");
        FluentActions.Invoking(() => network.Gradients(x, (int[])[0, 1], [1, -1]))
            .Should().Throw<ArgumentException>().WithMessage("*sampleWeights must be finite and at least 0; got -1 at index 1.*");
        FluentActions.Invoking(() => network.Loss(x, (int[])[0, 1], [0, 0]))
            .Should().Throw<ArgumentException>().WithMessage("*sampleWeights must not all be 0.*");
    }

    [Fact]
    public void Without_a_loss_it_says_what_is_missing()
    {
        Network<double> plain = Network.Input<double>(4).Affine(3).Build(seed: 1);
        const string Message = "The network ends in Affine(4 -> 3) and has no loss: add one last, such as SoftmaxWithLoss for classes or MeanSquaredError for numbers.";
        Action[] calls = [() => plain.Step(x, (int[])[0, 1], new Optimizer<double>(plain, new Sgd())), () => plain.Loss(x, (int[])[0, 1]), () => plain.Gradients(x, (int[])[0, 1])];
        foreach (Action call in calls)
            call.Should().Throw<InvalidOperationException>().WithMessage(Message);
        plain.Accuracy(x, (int[])[0, 1]).Should().BeInRange(0, 1);
    }

    [Fact]
    public void Another_networks_optimizer_throws() =>
        FluentActions.Invoking(() => network.Step(x, (int[])[0, 1], new Optimizer<double>(network.Replicate(), new Sgd())))
            .Should().Throw<ArgumentException>().WithMessage("The optimizer belongs to another network: create one with this network.*");

    [Fact]
    public void NaN_in_the_input_throws_before_the_update_and_is_named()
    {
        x[1, 2] = double.NaN;
        StepThrows("The loss of step 0 is NaN; nothing was updated. The first non-finite value is in the input: NaN at row 1, column 2.");
    }

    // The loss leaves the sample out, but in the products of the layers 0 times NaN is NaN.
    [Fact]
    public void NaN_in_a_sample_without_weight_throws_before_the_update_and_is_named()
    {
        x[1, 2] = double.NaN;
        StepThrows(
            "Sample 1 of step 0 does not count in the loss, but its outputs are not finite, and 0 times those is NaN in the gradients of all; nothing was updated. The first non-finite value is in the input: NaN at row 1, column 2.",
            1, 0);

        // A class without weight.
        Network<double> classes = Network.Input<double>(4).Affine(3).SoftmaxWithLoss(classWeights: [1, 0, 1]).Build(seed: 1);
        classes.Invoking(it => it.Gradients(x, (int[])[0, 1])).Should().Throw<NotFiniteNumberException>().WithMessage("Sample 1 of step 0 does not count*");
    }

    [Fact]
    public void A_target_of_NaN_in_a_sample_without_weight_is_no_target()
    {
        Network<double> numbers = Network.Input<double>(4).Affine(3).MeanSquaredError().Build(seed: 1);
        Matrix<double> t = Make.Uniform(2, 3, seed: 3);
        double[] weights = [1, 0];
        double loss = numbers.Gradients(x, t, weights);
        Matrix<double> gradient = numbers.Parameters[0].Gradient.Clone();
        t[1, 0] = double.NaN;

        numbers.Gradients(x, t, weights).Should().Be(loss);
        numbers.Parameters[0].Gradient.ShouldBeBits(gradient);
    }

    [Fact]
    public void An_infinite_parameter_throws_before_the_update_and_is_named()
    {
        network.Parameters[2].Value[4, 1] = double.PositiveInfinity;
        StepThrows("The loss of step 0 is *; nothing was updated. The first non-finite value is in the parameter 2.weight of layer 2 Affine(5 -> 3): Infinity at row 4, column 1.");
    }

    [Fact]
    public void A_parameter_within_a_composite_is_named_too()
    {
        Network<double> composite = Network.Input<double>(4).Add(new Pair(new Affine<double>(3), new Scale())).SoftmaxWithLoss().Build(seed: 1);
        composite.Parameters[2].Value[0, 0] = double.NaN;

        FluentActions.Invoking(() => composite.Gradients(x, (int[])[0, 1]))
            .Should().Throw<NotFiniteNumberException>().WithMessage("* is in the parameter 0.1.factor of layer 0 Pair: NaN at row 0, column 0.");
    }

    [Fact]
    public void An_overflow_in_a_layer_throws_before_the_update_and_is_named()
    {
        network.Parameters[0].Value.Multiply(1e300, network.Parameters[0].Value);
        x[1, 0] = 1e300;
        StepThrows("The loss of step 0 is NaN; nothing was updated. The first non-finite value is in the output of layer 0 Affine(4 -> 5): *Infinity at row 1, column *");
    }

    [Fact]
    public void A_loss_that_is_infinite_by_itself_throws_before_the_update_and_is_named()
    {
        Network<double> identity = Network.Input<double>(2).Add(new Affine<double>(Matrix<double>.Build.DenseIdentity(2))).CrossEntropyError().Build(seed: 1);

        FluentActions.Invoking(() => identity.Gradients(Make.Rows([0, 1]), (int[])[0]))
            .Should().Throw<NotFiniteNumberException>().WithMessage("The loss of step 0 is Infinity; nothing was updated. All values up to the loss, layer 1 CrossEntropyError, are finite.");
    }

    [Fact]
    public void A_layer_that_fails_in_the_search_leaves_nobody_looking_on()
    {
        var rectifying = new Rectifying();
        Network<double> failing = Network.Input<double>(3).Add(new NaNThenError()).Add(rectifying).Relu().SoftmaxWithLoss().Build(seed: 1);
        FluentActions.Invoking(() => failing.Gradients(Make.Uniform(2, 3, seed: 1), (int[])[0, 1])).Should().Throw<NotSupportedException>();
        rectifying.Times.Should().Be(1);

        failing.Gradients(Make.Uniform(2, 3, seed: 1), (int[])[0, 1]);

        rectifying.Times.Should().Be(2, "the Relu's work is done at once where nobody looks on");
    }

    private void StepThrows(string message, params double[] sampleWeights)
    {
        string weights = network.WeightsSha256();
        var optimizer = new Optimizer<double>(network, new Adam());
        FluentActions.Invoking(() => network.Step(x, (int[])[0, 1], optimizer, sampleWeights)).Should().Throw<NotFiniteNumberException>().WithMessage(message);

        network.WeightsSha256().Should().Be(weights);
        (network.StepNumber, optimizer.StepNumber).Should().Be((0, 0));
        optimizer.Slots.Should().OnlyContain(slot => slot.Value.Enumerate().All(value => value == 0));
    }

    /// <summary>Gives NaN, then throws, then gives what it gets.</summary>
    private sealed class NaNThenError : ILayer<double>
    {
        private int times;

        public Matrix<double> Forward(Matrix<double> input) => times++ switch
        {
            0 => input * double.NaN,
            1 => throw new NotSupportedException(),
            _ => input,
        };

        public Matrix<double> Backward(Matrix<double> outputGradient) => outputGradient;
    }

    /// <summary>Gives what it gets, and counts how often it does the work of the Relu behind it.</summary>
    private sealed class Rectifying : ILayer<double>, IRectifiesOutput<double>
    {
        public int Times { get; private set; }

        public Matrix<double> Forward(Matrix<double> input) => input.Clone();

        public Matrix<double> Backward(Matrix<double> outputGradient) => outputGradient;

        public Matrix<double>? ForwardRectified(Matrix<double> input)
        {
            Times++;
            return input.PointwiseMaximum(0);
        }
    }
}
