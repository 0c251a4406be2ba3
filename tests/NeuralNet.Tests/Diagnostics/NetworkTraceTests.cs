namespace NeuralNet.Tests;

public class NetworkTraceTests
{
    // The 2-2-2 network of the tutorial, worked_examples.json: its outputs, cost and gradients by hand.
    [Fact]
    public void A_trace_holds_the_numbers_of_the_step()
    {
        Network<double> network = Network.Input<double>(2)
            .Add(new Affine<double>(Make.Rows([0.7, 0.3], [0.2, 0.4]).Transpose())).Sigmoid()
            .Add(new Affine<double>(Make.Rows([0.1, 0.5], [0.8, 0.4]).Transpose())).Sigmoid()
            .SumSquaredError()
            .Build(seed: 1);
        NetworkTrace trace = network.Trace(Make.Rows([2, 4]), Make.Rows([0.8, 0.4]));

        trace.BatchSize.Should().Be(1);
        trace.Loss.Should().BeApproximately(0.07554453738003915, 1e-12);
        trace.LossLayer.Should().Be("4 SumSquaredError");
        trace.FirstNonFinite.Should().BeNull();
        trace.Layers.Select(layer => $"{layer.Path} {layer.Layer} {layer.Operation}").Should().Equal(
            "0 Affine(2 -> 2, no bias) [1, 2] x [2, 2] -> [1, 2]",
            "1 Sigmoid [1, 2] -> [1, 2]",
            "2 Affine(2 -> 2, no bias) [1, 2] x [2, 2] -> [1, 2]",
            "3 Sigmoid [1, 2] -> [1, 2]");
        (double Smallest, double Largest) = (0.8807970779778825, 0.9308615796566531);
        TensorStatistics hidden = trace.Layers[1].Output;
        hidden.Minimum.Should().BeApproximately(Smallest, 1e-12);
        hidden.Maximum.Should().BeApproximately(Largest, 1e-12);
        hidden.Mean.Should().BeApproximately((Smallest + Largest) / 2, 1e-12);
        hidden.StandardDeviation.Should().BeApproximately((Largest - Smallest) / 2, 1e-12);
        hidden.Norm.Should().BeApproximately(Math.Sqrt((Smallest * Smallest) + (Largest * Largest)), 1e-12);
        trace.Layers[1].OutputGradient!.Value.Maximum.Should().BeApproximately(0.048542422665016155, 1e-12);
        ParameterTrace weight = trace.Layers[0].Parameters.Single();
        weight.Name.Should().Be("0.weight");
        weight.Gradient.Maximum.Should().BeApproximately(0.012496431042367855, 1e-12);
    }

    [Fact]
    public void Its_text_is_a_table_of_which_matrix_meets_which()
    {
        Network<float> network = Network.Input<float>(new Shape(1, 4, 4))
            .Convolution(2, 3, padding: 1).Relu().MaxPooling(2).Flatten()
            .Residual(block => block.Affine(8).Tanh())
            .Affine(3).SoftmaxWithLoss().Build(seed: 1);
        string[] lines = network.Trace(Make.Uniform<float>(5, 16, seed: 2), Make.Labels(5, 3, seed: 3)).ToString().ReplaceLineEndings("\n").Split('\n');

        lines.Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(cells => $"{cells[0]}|{(cells.Length > 1 ? cells[1] : "")}").Should().Equal(
            "layer|shapes",
            $"{lines[1]}|",
            "input|[5, 1x4x4]",
            "0 Convolution(1 -> 2, 3x3, padding 1x1)|[5, 1x4x4] -> [5, 2x4x4]",
            "0.weight|[2, 1, 3, 3]",
            "0.bias|[2]",
            "1 Relu|[5, 2x4x4] -> [5, 2x4x4]",
            "2 MaxPooling(2x2)|[5, 2x4x4] -> [5, 2x2x2]",
            "3 Flatten|[5, 2x2x2] -> [5, 8]",
            "4 Residual|[5, 8] -> [5, 8]",
            "4.0 Sequential(2 layers)|[5, 8] -> [5, 8]",
            "4.0.0 Affine(8 -> 8)|[5, 8] x [8, 8] + [8] -> [5, 8]",
            "4.0.0.weight|[8, 8]",
            "4.0.0.bias|[8]",
            "4.0.1 Tanh|[5, 8] -> [5, 8]",
            "5 Affine(8 -> 3)|[5, 8] x [8, 3] + [3] -> [5, 3]",
            "5.weight|[3, 8]",
            "5.bias|[3]",
            $"{lines[^1]}|");
        lines[^1].Should().StartWith("6 SoftmaxWithLoss: the loss is ");
        lines[0].TrimEnd().Should().EndWith("|gradient|");
        lines[2..^1].Should().OnlyContain(line => line.Length == lines[0].Length, "numbers are aligned to the right");
        lines[12].Should().StartWith("      4.0.0.weight", "a parameter stands below its layer");
    }

    [Fact]
    public void It_sees_layers_in_their_own_order_where_passes_change_it()
    {
        Network<double> network = Network.Input<double>(new Shape(1, 4, 4)).Relu().MaxPooling(2).Affine(2).SoftmaxWithLoss().Build(seed: 1);
        NetworkTrace trace = network.Trace(Make.Uniform(5, 16, seed: 2), Make.Labels(5, 2, seed: 3));

        trace.Layers[0].Output.Count.Should().Be(5 * 16);
        trace.Layers[1].Output.Count.Should().Be(5 * 4);
        trace.Layers[0].OutputGradient.Should().BeNull("no layer up to here learns");
    }

    [Fact]
    public void NaN_does_not_stop_it_and_the_first_is_named()
    {
        Network<double> network = Network.Input<double>(4).Affine(3).Relu().Affine(2).SoftmaxWithLoss().Build(seed: 1);
        network.Parameters[2].Value[1, 0] = double.NaN;
        NetworkTrace trace = network.Trace(Make.Uniform(5, 4, seed: 2), Make.Labels(5, 2, seed: 3));

        trace.FirstNonFinite.Should().Be("2.weight: NaN at row 1, column 0");
        trace.Loss.Should().Be(double.NaN);
        trace.Layers[1].Output.NonFinite.Should().Be(0);
        trace.Layers[2].Output.NonFinite.Should().Be(5);
        trace.ToString().Should().Contain("NaN").And.EndWith("The first number that is not finite: 2.weight: NaN at row 1, column 0");
    }

    [Fact]
    public void Neither_a_trace_nor_a_diagnosis_changes_anything()
    {
        (Network<float> network, Optimizer<float> optimizer) = Build();
        (Network<float> other, Optimizer<float> otherOptimizer) = Build();
        Matrix<float> x = Make.Uniform<float>(40, 6, seed: 2);
        int[] labels = Make.Labels(40, 3, seed: 3);
        for (int step = 0; step < 5; step++)
        {
            network.Step(x, labels, optimizer);
            string before = State(network, optimizer);
            network.Trace(x, labels);
            network.Diagnose(x, labels, optimizer);
            State(network, optimizer).Should().Be(before);
            other.Step(x, labels, otherOptimizer);
        }

        State(network, optimizer).Should().Be(State(other, otherOptimizer), "what follows is the same too");

        static (Network<float> Network, Optimizer<float> Optimizer) Build()
        {
            Network<float> network = Network.Input<float>(6).Affine(16).BatchNormalization().Relu().Dropout(0.5).Affine(3).SoftmaxWithLoss().Build(seed: 1);
            return (network, new Optimizer<float>(network, new Adam(), transforms: [new ClipByGlobalNorm(0.1)], averageDecay: 0.9));
        }

        static string State(Network<float> network, Optimizer<float> optimizer) =>
            $"{network.WeightsSha256()} {network.StepNumber} {optimizer.StepNumber} {string.Join(" ", optimizer.Slots.Concat(optimizer.Averages).SelectMany(slot => slot.Value.ToColumnMajorArray()))}";
    }

    [Fact]
    public void A_composite_of_ones_own_is_one_layer_with_all_its_parameters()
    {
        Network<double> network = Network.Input<double>(4).Add(new Pair(new Scale(), new Cube())).Affine(2).SoftmaxWithLoss().Build(seed: 1);
        NetworkTrace trace = network.Trace(Make.Uniform(5, 4, seed: 2), Make.Labels(5, 2, seed: 3));

        trace.Layers.Select(layer => layer.Path).Should().Equal("0", "1");
        trace.Layers[0].Parameters.Single().Name.Should().Be("0.0.factor");
    }

    [Fact]
    public void A_network_without_a_loss_and_samples_that_do_not_fit_are_refused()
    {
        Network<double> network = Network.Input<double>(4).Affine(2).Build(seed: 1), trained = Network.Input<double>(4).Affine(2).SoftmaxWithLoss().Build(seed: 1);
        Matrix<double> x = Make.Uniform(5, 4, seed: 2);
        int[] labels = Make.Labels(5, 2, seed: 3);

        FluentActions.Invoking(() => network.Trace(x, labels)).Should().Throw<InvalidOperationException>().WithMessage("The network ends in Affine(4 -> 2) and has no loss*");
        FluentActions.Invoking(() => network.Diagnose(x, labels)).Should().Throw<InvalidOperationException>().WithMessage("The network ends in Affine(4 -> 2) and has no loss*");
        FluentActions.Invoking(() => trained.Trace(Make.Uniform(5, 3, seed: 2), labels)).Should().Throw<ArgumentException>().WithMessage("*[N, 4], got [5, 3]*");
        FluentActions.Invoking(() => trained.Trace(x, Make.Labels(5, 9, seed: 3))).Should().Throw<ArgumentException>().WithMessage("Labels must be from 0 to 1; got *");
        FluentActions.Invoking(() => trained.Diagnose(x, labels, new Optimizer<double>(trained.Replicate(), new Sgd()))).Should().Throw<ArgumentException>().WithMessage("The optimizer belongs to another network*");
    }

    [Fact]
    public void One_output_for_a_softmax_is_refused_before_there_is_anything_to_diagnose() =>
        FluentActions.Invoking(() => Network.Input<double>(4).Affine(1).SoftmaxWithLoss().Build(seed: 1))
            .Should().Throw<ArgumentException>().WithMessage("*a softmax over one score is always 1. Use SigmoidWithLoss*");
}
