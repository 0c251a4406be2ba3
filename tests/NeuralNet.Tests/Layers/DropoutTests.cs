namespace NeuralNet.Tests;

/// <summary>Masks: how much they keep, what they depend on and what not.</summary>
public class DropoutTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_share_of_what_is_dropped_is_the_ratio_and_the_rest_is_scaled(double ratio)
    {
        // 250,000 draws: five standard deviations of the binomial.
        Matrix<double> mask = Mask(ratio, key: 1, step: 0, rows: 500, columns: 500);
        double dropped = mask.Enumerate().Count(value => value == 0) / 250_000.0;
        dropped.Should().BeApproximately(ratio, 5 * Math.Sqrt(ratio * (1 - ratio) / 250_000));
        mask.Enumerate().Distinct().Order().Should().Equal(0, 1 / (1 - ratio));

        // Likewise in each row and each column, seven deviations for so many of them.
        double bound = 7 * Math.Sqrt(ratio * (1 - ratio) / 500);
        mask.RowSums().Concat(mask.ColumnSums()).Should().OnlyContain(sum => Math.Abs((sum * (1 - ratio) / 500) - (1 - ratio)) < bound);
    }

    [Fact]
    public void Masks_of_other_steps_keys_rows_and_columns_are_independent()
    {
        // Two independent masks agree in half of their places; five deviations of the binomial of 100,000.
        Matrix<double> mask = Mask(0.5, key: 1, step: 0, rows: 1000, columns: 100);
        Agreement(mask, Mask(0.5, key: 1, step: 1, rows: 1000, columns: 100));
        Agreement(mask, Mask(0.5, key: 1, step: 1L << 40, rows: 1000, columns: 100));
        Agreement(mask, Mask(0.5, key: 2, step: 0, rows: 1000, columns: 100));
        Agreement(mask, Mask(0.5, key: 1UL << 40, step: 0, rows: 1000, columns: 100));
        foreach (int distance in (int[])[1, 2, 3, 4, 8, 16])
        {
            Agreement(mask.SubMatrix(0, 1000 - distance, 0, 100), mask.SubMatrix(distance, 1000 - distance, 0, 100));
            Agreement(mask.SubMatrix(0, 1000, 0, 100 - distance), mask.SubMatrix(0, 1000, distance, 100 - distance));
        }

        static void Agreement(Matrix<double> a, Matrix<double> b)
        {
            double places = a.RowCount * a.ColumnCount;
            (a.Enumerate().Zip(b.Enumerate()).Count(pair => pair.First == pair.Second) / places).Should().BeApproximately(0.5, 5 * 0.5 / Math.Sqrt(places));
        }
    }

    [Fact]
    public void A_smaller_batch_has_the_first_rows_of_the_same_mask()
    {
        Matrix<double> mask = Mask(0.5, key: 1, step: 3, rows: 100, columns: 30);
        foreach (int rows in (int[])[1, 3, 16, 37, 99])
            Mask(0.5, key: 1, step: 3, rows, columns: 30).ShouldBeBits(mask.SubMatrix(0, rows, 0, 30));
    }

    [Fact]
    public void Channels_are_dropped_whole_and_otherwise_as_features_are()
    {
        var layer = new SpatialDropout<double>(0.5);
        layer.Build(new Shape(6, 2, 3), new CounterRandom(1));
        layer.EnterStep(new StepContext(Training: true, Key: 1, Step: 2));
        Matrix<double> mask = layer.Forward(Matrix<double>.Build.Dense(20, 36, 1)), features = Mask(0.5, key: 1, step: 2, rows: 20, columns: 6);
        for (int column = 0; column < 36; column++)
            mask.SubMatrix(0, 20, column, 1).ShouldBeBits(features.SubMatrix(0, 20, column / 6, 1));
    }

    [Fact]
    public void In_a_network_layers_and_steps_differ_and_a_step_repeats_itself()
    {
        Dropout<double> first = new(0.5), second = new(0.5);
        Network<double> network = Network.Input<double>(40).Add(first).Add(second).Affine(3).SoftmaxWithLoss().Build(seed: 5);
        Matrix<double> x = Make.Uniform(30, 40, seed: 1), ones = Matrix<double>.Build.Dense(30, 40, 1);
        int[] labels = Make.Labels(30, 3, seed: 2);
        network.Gradients(x, labels);
        (Matrix<double> one, Matrix<double> other) = (first.Forward(ones).Clone(), second.Forward(ones).Clone());
        one.Equals(other).Should().BeFalse("each layer has a mask of its own");

        network.Step(x, labels, new Optimizer<double>(network, new Sgd()));
        first.Forward(ones).ShouldBeBits(one, "the mask of the same step");
        network.Gradients(x, labels);
        first.Forward(ones).Equals(one).Should().BeFalse("it is the next step");
        network.Predict(x);
        first.Forward(ones).Should().BeSameAs(ones);
    }

    [Fact]
    public void A_layer_by_itself_is_in_training_at_step_0_of_key_0() =>
        new Dropout<double>().Forward(Matrix<double>.Build.Dense(5, 5, 1)).ShouldBeBits(Mask(0.5, key: 0, step: 0, rows: 5, columns: 5));

    [Fact]
    public void NaN_stays_NaN_where_it_is_dropped()
    {
        var layer = new Dropout<double>(0.5);
        layer.Forward(Matrix<double>.Build.Dense(20, 20, double.NaN)).Enumerate().Should().OnlyContain(value => double.IsNaN(value));
        new Dropout<double>(1 - 1e-15).Forward(Matrix<double>.Build.Dense(20, 20, 1)).Enumerate().Should().OnlyContain(value => value == 0);
    }

    [Theory]
    [InlineData(1, "1")]
    [InlineData(-0.1, "-0.1")]
    [InlineData(double.NaN, "NaN")]
    public void A_ratio_out_of_range_throws(double ratio, string text)
    {
        FluentActions.Invoking(() => new Dropout<double>(ratio)).Should().Throw<ArgumentOutOfRangeException>().WithMessage($"ratio must be in [0, 1); got {text}.*");
        FluentActions.Invoking(() => new SpatialDropout<float>(ratio)).Should().Throw<ArgumentOutOfRangeException>().WithMessage($"ratio must be in [0, 1); got {text}.*");
    }

    // What a layer makes of ones.
    private static Matrix<double> Mask(double ratio, ulong key, long step, int rows, int columns)
    {
        var layer = new Dropout<double>(ratio);
        layer.EnterStep(new StepContext(Training: true, key, step));
        return layer.Forward(Matrix<double>.Build.Dense(rows, columns, 1));
    }
}
