namespace NeuralNet.Tests;

public class AccumulationTests
{
    [Fact]
    public void Three_batches_of_one_size_are_one_batch_of_all()
    {
        Matrix<double> x = Make.Uniform(12, 5, seed: 1);
        int[] labels = Make.Labels(12, 3, seed: 2);
        (Network<double> whole, Network<double> parts) = (Create(), Create());
        var optimizer = new Optimizer<double>(whole, new Adam(0.1), new StepDecay(1, 0.5));
        var accumulating = new Optimizer<double>(parts, new Adam(0.1), new StepDecay(1, 0.5), accumulationSteps: 3);
        for (int update = 0; update < 3; update++)
        {
            whole.Step(x, labels, optimizer);
            for (int part = 0; part < 3; part++)
            {
                accumulating.AccumulatedSteps.Should().Be(part);
                parts.Step(x.SubMatrix(part * 4, 4, 0, 5), labels.AsSpan(part * 4, 4), accumulating);
            }
        }

        foreach ((Parameter<double> expected, Parameter<double> found) in whole.Parameters.Zip(parts.Parameters))
            found.Value.ShouldBeClose(expected.Value, MatrixAssertions.DoubleTolerance, found.Name);
        (accumulating.StepNumber, accumulating.AccumulatedSteps, accumulating.LearningRate).Should().Be((3, 0, optimizer.LearningRate));
        (whole.StepNumber, parts.StepNumber).Should().Be((3, 9));
    }

    [Fact]
    public void What_is_accumulated_is_seen_and_nothing_is_updated_before_the_last()
    {
        Network<double> network = Network.Input<double>(1).Affine(1, bias: false).Build(seed: 1);
        Parameter<double> weight = network.Parameters[0];
        var optimizer = new Optimizer<double>(network, new Sgd(1), accumulationSteps: 3);
        weight.Value[0, 0] = 10;

        // By hand: 1 + 2 = 3; then the mean of 1, 2 and 6 is 3, and 10 - 3 = 7.
        Take(1);
        Take(2);
        (weight.Value[0, 0], weight.Gradient[0, 0], optimizer.AccumulatedSteps, optimizer.StepNumber).Should().Be((10, 2, 2, 0));
        optimizer.AccumulatedGradients.Should().ContainSingle().Which.Name.Should().Be("0.weight.accumulated_gradient");
        optimizer.AccumulatedGradients[0].Value[0, 0].Should().Be(3);
        Take(6);
        (weight.Value[0, 0], weight.Gradient[0, 0], optimizer.AccumulatedSteps, optimizer.StepNumber).Should().Be((7, 3, 0, 1));
        optimizer.AccumulatedGradients[0].Value[0, 0].Should().Be(0);

        void Take(double gradient)
        {
            weight.Gradient[0, 0] = gradient;
            optimizer.Update();
        }
    }

    [Fact]
    public void Without_accumulation_there_is_nothing_to_see()
    {
        var optimizer = new Optimizer<double>(Create(), new Sgd());

        (optimizer.AccumulationSteps, optimizer.AccumulatedSteps).Should().Be((1, 0));
        optimizer.AccumulatedGradients.Should().BeEmpty();
        FluentActions.Invoking(() => new Optimizer<double>(Create(), new Sgd(), accumulationSteps: 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("accumulationSteps must be at least 1; got 0.*");
    }

    private static Network<double> Create() => Network.Input<double>(5).Affine(4).Tanh().Affine(3).SoftmaxWithLoss().Build(seed: 1);
}
