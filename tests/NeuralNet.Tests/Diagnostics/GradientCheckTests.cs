namespace NeuralNet.Tests;

public class GradientCheckTests
{
    [Fact]
    public void A_right_custom_layer_passes() => GradientCheck.Layer(new Cube(), Make.Uniform(3, 4, seed: 1)).Passed.Should().BeTrue();

    [Theory]
    [InlineData(1.001)]
    [InlineData(0.999)]
    public void A_derivative_wrong_by_a_thousandth_fails_and_the_report_names_tensor_and_element(double factor)
    {
        Matrix<double> x = Make.Uniform(3, 4, seed: 1, low: -0.5, high: 0.5);
        x[2, 1] = 2;
        GradientReport report = GradientCheck.Layer(new Cube(factor), x);

        report.Passed.Should().BeFalse();
        report.Worst.Name.Should().Be("input");
        (report.Worst.Row, report.Worst.Column).Should().Be((2, 1), "the gradient is largest there");
        report.Worst.RelativeError.Should().BeApproximately(0.001, 1e-5);
        (report.Worst.Analytic / report.Worst.Numeric).Should().BeApproximately(factor, 1e-7);
        report.ToString().Should().Contain("FAILED").And.Contain("input: relative error 1.0e-03, worst at [2, 1]");
    }

    [Fact]
    public void A_parameters_wrong_gradient_is_named_and_the_right_input_gradient_is_not()
    {
        GradientReport report = GradientCheck.Layer(new Scale(1.001), Make.Uniform(3, 4, seed: 1));

        report.Passed.Should().BeFalse();
        report.Worst.Name.Should().Be("factor");
        report.Tensors[0].RelativeError.Should().BeLessThan(1e-7);
        GradientCheck.Layer(new Scale(), Make.Uniform(3, 4, seed: 1)).Passed.Should().BeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-6)]
    [InlineData(-1e-6)]
    [InlineData(9e-7)]
    [InlineData(-9e-7)]
    [InlineData(9e-6)]
    public void Kinks_of_Relu_are_recognised_at_0_and_near_it(double nearZero)
    {
        Matrix<double> x = Make.Uniform(3, 4, seed: 1);
        x[1, 2] = nearZero;
        GradientReport report = GradientCheck.Layer(new Relu<double>(), x);

        report.Passed.Should().BeTrue("{0}", report);
        report.Worst.Kinks.Should().Be(1);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0.5, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(-0.5, false)]
    public void At_a_kink_a_slope_between_its_two_sides_passes_and_no_other(double slope, bool passes)
    {
        Matrix<double> x = Make.Uniform(3, 4, seed: 1);
        x[1, 2] = 0;
        GradientReport report = GradientCheck.Layer(new BentRelu(slope), x);

        report.Passed.Should().Be(passes, "{0}", report);
        if (!passes)
            (report.Worst.Row, report.Worst.Column).Should().Be((1, 2));
    }

    [Fact]
    public void NaN_in_a_gradient_fails() => GradientCheck.Layer(new Cube(double.NaN), Make.Uniform(2, 2, seed: 1)).Passed.Should().BeFalse();

    [Fact]
    public void A_gradient_that_is_zero_is_compared_absolutely()
    {
        GradientCheck.Layer(new Relu<double>(), Make.Uniform(3, 2, seed: 1, low: -2, high: -1)).Passed.Should().BeTrue();
        GradientCheck.Layer(new Cube(0), Make.Uniform(3, 2, seed: 1)).Passed.Should().BeFalse();
    }

    [Fact]
    public void A_composites_parameters_are_checked_too()
    {
        var pair = new Pair(new Scale(), new Scale(1.001));

        GradientCheck.Layer(pair, Make.Uniform(3, 4, seed: 1)).Tensors.Select(tensor => tensor.RelativeError <= 1e-7).Should().Equal(true, true, false);
    }

    [Fact]
    public void A_whole_network_passes_tensor_by_tensor_and_is_left_as_it_was()
    {
        Network<double> network = Network.Input<double>(4).Affine(6).Relu().Affine(5).Sigmoid().Add(new Noise()).Affine(3).SoftmaxWithLoss().Build(seed: 1);
        Matrix<double> x = Make.Uniform(5, 4, seed: 2), before = x.Clone();
        var optimizer = new Optimizer<double>(network, new Adam());
        network.Step(x, Make.Labels(5, 3, seed: 3), optimizer);
        string weights = network.WeightsSha256();
        GradientReport report = GradientCheck.Network(network, x, Make.Labels(5, 3, seed: 3));

        report.Passed.Should().BeTrue("{0}", report);
        report.Tensors.Select(tensor => tensor.Name).Should().Equal("input", "0.weight", "0.bias", "2.weight", "2.bias", "5.weight", "5.bias");
        network.WeightsSha256().Should().Be(weights);
        network.StepNumber.Should().Be(1);
        optimizer.StepNumber.Should().Be(1);
        ((Noise)network.Layers[4]).Commits.Should().Be(1);
        x.ShouldBeBits(before);
    }

    [Fact]
    public void A_wrong_layer_within_a_network_fails() =>
        GradientCheck.Network(Network.Input<double>(4).Affine(3).Add(new Cube(1.001)).Affine(2).MeanSquaredError().Build(seed: 1), Make.Uniform(5, 4, seed: 2), Make.Uniform(5, 2, seed: 3))
            .Passed.Should().BeFalse();

    [Fact]
    public void A_layers_parameters_and_its_input_are_left_as_they_were()
    {
        var layer = new Affine<double>(Make.Uniform(4, 3, seed: 1), Make.Uniform(1, 3, seed: 2));
        Matrix<double> x = Make.Uniform(2, 4, seed: 3);
        GradientCheck.Layer(layer, x);

        layer.Weight.Value.ShouldBeBits(Make.Uniform(4, 3, seed: 1));
        layer.Bias!.Value.ShouldBeBits(Make.Uniform(1, 3, seed: 2));
        x.ShouldBeBits(Make.Uniform(2, 4, seed: 3));
    }
}
