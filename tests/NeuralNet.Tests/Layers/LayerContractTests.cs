namespace NeuralNet.Tests;

/// <summary>The contract of <see cref="ILayer{T}"/>, for every layer of the library, in both precisions.</summary>
public class LayerContractTests
{
    // By hand: the sum of 40,000 equal gradients, which a running sum of floats misses by a thousandth.
    [Fact]
    public void A_channels_bias_gradient_of_a_large_image_is_the_sum_of_its_places()
    {
        const int Side = 200;
        var layer = new GroupNormalization<float>(2);
        layer.Build(new Shape(2, Side, Side), new Random(1));
        layer.Forward(Make.Uniform<float>(1, 2 * Side * Side, seed: 1));
        layer.Backward(Matrix<float>.Build.Dense(1, 2 * Side * Side, 0.1f));

        (layer.Parameters[1].Gradient[0, 0] / (Side * Side * (double)0.1f)).Should().BeApproximately(1, 1e-6);
    }

    [Theory, MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void Arguments_are_never_written_to(string name)
    {
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            LayerCase row = LayerCases.Row(name);
            ILayer<T> layer = row.Create<T>();
            Matrix<T> x = row.Batch<T>(7, seed: 3), inputBefore = x.Clone();
            Matrix<T> y = layer.Forward(x);
            Matrix<T> dy = Make.Uniform<T>(7, y.ColumnCount, seed: 4), gradientBefore = dy.Clone();
            Matrix<T> dx = layer.Backward(dy);

            x.ShouldBeBits(inputBefore);
            dy.ShouldBeBits(gradientBefore);
            ReferenceEquals(x, y).Should().Be(row.PassesThrough);
            ReferenceEquals(dy, dx).Should().Be(row.PassesThrough);
        }
    }

    [Theory, MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void Two_Forwards_and_two_Backwards_agree_to_the_bit(string name)
    {
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            LayerCase row = LayerCases.Row(name);
            ILayer<T> layer = row.Create<T>();
            Matrix<T> x = row.Batch<T>(7, seed: 3);
            Matrix<T> y = layer.Forward(x).Clone();
            Matrix<T> dy = Make.Uniform<T>(7, y.ColumnCount, seed: 4);
            layer.Forward(x).ShouldBeBits(y);
            Matrix<T> dx = layer.Backward(dy).Clone();
            Matrix<T>[] gradients = [.. layer.AllParameters().Select(parameter => parameter.Gradient.Clone())];

            layer.Backward(dy).ShouldBeBits(dx);
            foreach ((Parameter<T> parameter, Matrix<T> gradient) in layer.AllParameters().Zip(gradients))
                parameter.Gradient.ShouldBeBits(gradient, "the second gradient, overwritten and not added to");
        }
    }

    [Theory, MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void The_batch_size_may_change_between_calls_and_a_sample_has_the_same_bits_alone_and_in_a_batch(string name)
    {
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            LayerCase row = LayerCases.Row(name);
            ILayer<T> layer = row.Create<T>();
            foreach (int samples in ((int[])[7, 1, 7, 65, 2, 3, 4, 7]).Where(samples => samples >= row.LeastBatch))
            {
                Matrix<T> x = row.Batch<T>(samples, seed: 5);
                Matrix<T> y = layer.Forward(x).Clone();
                Matrix<T> dy = Make.Uniform<T>(samples, y.ColumnCount, seed: 6);
                Matrix<T> dx = layer.Backward(dy).Clone();
                ILayer<T> fresh = row.Create<T>();
                fresh.Forward(x).ShouldBeBits(y, $"{samples} samples after other batches");
                fresh.Backward(dy).ShouldBeBits(dx, $"the gradient of {samples} samples after other batches");
                ILayer<T> alone = row.Create<T>();
                for (int i = 0; i < samples && row.SamplesStandAlone; i++)
                {
                    alone.Forward(x.RowOf(i)).ShouldBeBits(y.RowOf(i), $"sample {i} of {samples}");
                    alone.Backward(dy.RowOf(i)).ShouldBeBits(dx.RowOf(i), $"the gradient of sample {i} of {samples}");
                }
            }
        }
    }

    [Theory, MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void Parameter_gradients_belong_to_the_latest_batch_alone(string name)
    {
        LayerCase row = LayerCases.Row(name);
        ILayer<double> used = row.Create<double>(), fresh = row.Create<double>();
        Matrix<double> x = row.Batch<double>(4, seed: 8);
        Matrix<double> dy = Make.Uniform(4, fresh.Forward(x).ColumnCount, seed: 9);
        fresh.Backward(dy);
        used.Forward(row.Batch<double>(9, seed: 10));
        used.Backward(Make.Uniform(9, dy.ColumnCount, seed: 11));
        used.Forward(x);
        used.BackwardParameters(dy);

        foreach ((Parameter<double> parameter, Parameter<double> expected) in used.AllParameters().Zip(fresh.AllParameters()))
            parameter.Gradient.ShouldBeBits(expected.Gradient);
    }

    [Theory, MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void Sparse_and_dense_arguments_give_the_same(string name)
    {
        LayerCase row = LayerCases.Row(name);
        ILayer<double> layer = row.Create<double>();
        Matrix<double> x = row.Batch<double>(4, seed: 3);
        x[1, 0] = x[2, 0] = 0;
        Matrix<double> y = layer.Forward(x).Clone();
        Matrix<double> dy = Make.Uniform(4, y.ColumnCount, seed: 4);
        Matrix<double> dx = layer.Backward(dy).Clone();
        Matrix<double>[] gradients = [.. layer.AllParameters().Select(parameter => parameter.Gradient.Clone())];

        layer.Forward(Matrix<double>.Build.SparseOfMatrix(x)).ShouldBeBits(y);
        layer.Backward(Matrix<double>.Build.SparseOfMatrix(dy)).ShouldBeBits(dx);
        foreach ((Parameter<double> parameter, Matrix<double> gradient) in layer.AllParameters().Zip(gradients))
            parameter.Gradient.ShouldBeBits(gradient);
    }

    [Theory, MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void NaN_infinities_and_huge_inputs_do_what_the_doc_says_and_touch_no_other_sample(string name)
    {
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            LayerCase row = LayerCases.Row(name);
            ILayer<T> layer = row.Create<T>();
            if (row.Extremes.Length == 0)
                return;
            Matrix<T> other = row.Batch<T>(1, seed: 3);
            Matrix<T> expectedOther = layer.Forward(other).Clone();
            foreach ((double[] input, double[] output) in row.Extremes)
            {
                Matrix<T> y = layer.Forward(Make.Rows(input).As<T>().Stack(other)).Clone();
                y.RowOf(0).ShouldBeValues(Make.Rows(output).As<T>());
                y.RowOf(1).ShouldBeBits(expectedOther);
            }
        }
    }

    [Theory, MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void Its_description_builds_it_again(string name)
    {
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            LayerCase row = LayerCases.Row(name);
            ILayer<T> layer = row.New<T>();
            ILayer<T> again = LayerRegistry.Create<T>(layer.Describe());
            again.Should().BeOfType(layer.GetType()).And.NotBeSameAs(layer);

            var network = new Network<T>(row.Input, [layer], seed: 1);
            Network<T> replica = network.Replicate();
            Matrix<T> x = row.Batch<T>(3, seed: 3);
            replica.Layers[0].ToString().Should().Be(layer.ToString());
            replica.Predict(x).ShouldBeBits(network.Predict(x));
        }
    }
}
