namespace NeuralNet.Tests;

/// <summary>The contract of <see cref="ILossLayer{T}"/>, for every loss of the library.</summary>
public class LossContractTests
{
    private static readonly double[] Weights = [0.5, 2, 0, 1.25, 1, 3, 0.75];

    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void The_gradient_equals_central_differences_with_and_without_sample_weights(string name)
    {
        LossCase row = LossCases.Row(name);
        GradientReport plain = GradientCheck.Loss(row.Create<double>(), row.Input(7), row.Target(7));
        GradientReport weighted = GradientCheck.Loss(row.Create<double>(), row.Input(7), row.Target(7), Weights);

        plain.Passed.Should().BeTrue("{0}", plain);
        weighted.Passed.Should().BeTrue("{0}", weighted);
        plain.Tensors.Concat(weighted.Tensors).Should().OnlyContain(tensor => tensor.Kinks == 0);
    }

    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void The_head_is_a_layer_with_its_own_true_derivative(string name)
    {
        LossCase row = LossCases.Row(name);
        GradientReport report = GradientCheck.Layer(row.Create<double>(), row.Input(4));

        report.Passed.Should().BeTrue("{0}", report);
    }

    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void Arguments_are_never_written_to(string name)
    {
        LossCase row = LossCases.Row(name);
        ILossLayer<double> loss = row.Create<double>();
        Matrix<double> x = row.Input(7), t = row.Target(7), xBefore = x.Clone(), tBefore = t.Clone();
        double[] weights = [.. Weights];
        loss.Forward(x, t, weights);
        loss.Backward();

        x.ShouldBeBits(xBefore);
        t.ShouldBeBits(tBefore);
        weights.Should().Equal(Weights);
        ReferenceEquals(loss.Forward(x), x).Should().Be(row.PassesThrough);
    }

    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void Two_passes_agree_to_the_bit_whatever_came_between(string name)
    {
        LossCase row = LossCases.Row(name);
        ILossLayer<double> loss = row.Create<double>();
        Matrix<double> x = row.Input(7), t = row.Target(7);
        double first = loss.Forward(x, t);
        Matrix<double> gradient = loss.Backward().Clone();
        loss.Backward().ShouldBeBits(gradient);
        loss.Forward(row.Input(1), row.Target(1), [2.0]);
        loss.Backward().RowCount.Should().Be(1);
        loss.Forward(row.Input(2));

        loss.Forward(x, t).Should().Be(first);
        loss.Backward().ShouldBeBits(gradient);
    }

    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void A_batch_is_the_mean_of_its_samples_by_what_they_count_and_a_weight_counts_a_sample_so_often(string name)
    {
        LossCase row = LossCases.Row(name);
        ILossLayer<double> loss = row.Create<double>();
        Matrix<double> x = row.Input(7), t = row.Target(7);
        double[] each = [.. Enumerable.Range(0, 7).Select(i => loss.Forward(x.RowOf(i), t.RowOf(i)))];

        double[] counts = [.. Enumerable.Range(0, 7).Select(i => loss.TotalWeight(t.RowOf(i)))];

        loss.TotalWeight(t).ShouldBeClose(counts.Sum(), MatrixAssertions.DoubleTolerance);
        loss.TotalWeight(t, Weights).ShouldBeClose(counts.Zip(Weights, (c, w) => c * w).Sum(), MatrixAssertions.DoubleTolerance);
        loss.Forward(x, t).ShouldBeClose(each.Zip(counts, (l, c) => l * c).Sum() / counts.Sum(), MatrixAssertions.DoubleTolerance);
        loss.Forward(x, t, Weights).ShouldBeClose(each.Select((l, i) => l * counts[i] * Weights[i]).Sum() / counts.Zip(Weights, (c, w) => c * w).Sum(), MatrixAssertions.DoubleTolerance);
        loss.Backward().Row(2).Should().OnlyContain(value => value == 0, "its weight is 0");
        loss.Invoking(it => it.TotalWeight(t, [1, 2])).Should().Throw<ArgumentException>().WithMessage("* expects 7 sample weights, one for each sample, got 2.*");
    }

    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void Equal_weights_are_no_weights(string name)
    {
        LossCase row = LossCases.Row(name);
        ILossLayer<double> loss = row.Create<double>();
        double plain = loss.Forward(row.Input(4), row.Target(4));
        Matrix<double> gradient = loss.Backward().Clone();

        loss.Forward(row.Input(4), row.Target(4), [1, 1, 1, 1]).Should().Be(plain);
        loss.Backward().ShouldBeBits(gradient);
    }

    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void A_sample_of_weight_0_may_hold_NaN(string name)
    {
        LossCase row = LossCases.Row(name);
        ILossLayer<double> loss = row.Create<double>();
        Matrix<double> input = row.Input(7), target = row.Target(7);
        double expected = loss.Forward(input, target, Weights);
        Matrix<double> gradient = loss.Backward().Clone();
        input.ClearRow(2);
        input[2, 0] = double.NaN;
        target[2, 1] = double.NaN;

        loss.Forward(input, target, Weights).Should().Be(expected);
        loss.Backward().ShouldBeBits(gradient);
    }

    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void Labels_equal_one_hot_rows(string name)
    {
        LossCase row = LossCases.Row(name);
        ILossLayer<double> loss = row.Create<double>();
        int[] labels = Make.Labels(7, row.Outputs, seed: 5);
        double expected = loss.Forward(row.Input(7), OneHot.Encode<double>(labels, row.Outputs), Weights);
        Matrix<double> gradient = loss.Backward().Clone();

        loss.Forward(row.Input(7), labels, Weights).Should().Be(expected);
        loss.Backward().ShouldBeBits(gradient);
    }

    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void Sparse_and_dense_arguments_give_the_same(string name)
    {
        LossCase row = LossCases.Row(name);
        ILossLayer<double> loss = row.Create<double>();
        Matrix<double> x = row.Input(4), t = row.Target(4);
        double expected = loss.Forward(x, t);
        Matrix<double> gradient = loss.Backward().Clone();

        loss.Forward(Matrix<double>.Build.SparseOfMatrix(x), Matrix<double>.Build.SparseOfMatrix(t)).Should().Be(expected);
        loss.Backward().ShouldBeBits(gradient);
    }

    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void NaN_in_a_score_is_NaN_in_the_loss_and_in_that_samples_gradient_alone(string name)
    {
        LossCase row = LossCases.Row(name);
        ILossLayer<double> loss = row.Create<double>();
        Matrix<double> x = row.Input(3), t = row.Target(3);
        int target = t.Row(1).MaximumIndex();
        x[1, target] = double.NaN;

        loss.Forward(x, t).Should().Be(double.NaN);
        Matrix<double> dx = loss.Backward();
        dx[1, target].Should().Be(double.NaN);
        dx.Row(0).Concat(dx.Row(2)).Should().OnlyContain(value => double.IsFinite(value));
    }

    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void Its_description_builds_it_again(string name)
    {
        LossCase row = LossCases.Row(name);
        var network = new Network<double>(row.Outputs, [row.Double()], seed: 1);
        Network<double> replica = network.Replicate();

        replica.Layers[0].Should().BeOfType(network.Layers[0].GetType());
        replica.Layers[0].ToString().Should().Be(network.Layers[0].ToString());
        replica.Loss(row.Input(3), row.Target(3)).Should().Be(network.Loss(row.Input(3), row.Target(3)));
    }

    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void As_a_layer_its_Backward_belongs_to_the_latest_Forward_with_a_target_or_without(string name)
    {
        LossCase row = LossCases.Row(name);
        ILossLayer<double> loss = row.Create<double>(), fresh = row.Create<double>();
        Matrix<double> x = row.Input(4, seed: 8), t = row.Target(4), dy = Make.Uniform(4, row.Outputs, seed: 9);
        fresh.Forward(x);
        Matrix<double> expected = fresh.Backward(dy);
        loss.Forward(row.Input(4, seed: 7));
        loss.Forward(x, t);
        Matrix<double> gradient = loss.Backward().Clone();

        loss.Backward(dy).ShouldBeBits(expected);
        loss.Backward().ShouldBeBits(gradient);
    }
}
