namespace NeuralNet.Tests;

public class WeightAverageTests
{
    [Fact]
    public void The_average_is_the_weight_at_first_and_follows_it_then()
    {
        (Network<double> network, Optimizer<double> optimizer) = Create();
        Parameter<double> weight = network.Parameters[0];

        // By hand, with gradient 1, rate 1 and decay 0.75: weights 9, 8, 7; averages 9, 0.75·9 + 0.25·8 = 8.75, 0.75·8.75 + 0.25·7 = 8.3125.
        foreach (double average in (double[])[9, 8.75, 8.3125])
        {
            weight.Gradient[0, 0] = 1;
            optimizer.Update();
            optimizer.Averages.Should().ContainSingle().Which.Value[0, 0].Should().Be(average);
        }

        optimizer.Averages[0].Name.Should().Be("0.weight.average");
        weight.Value[0, 0].Should().Be(7);
        using (optimizer.UseAverages())
        {
            weight.Value[0, 0].Should().Be(8.3125);
            network.Predict(Make.Rows([2]))[0, 0].Should().Be(2 * 8.3125);
        }

        weight.Value[0, 0].Should().Be(7);
        optimizer.Averages[0].Value[0, 0].Should().Be(8.3125);
    }

    [Fact]
    public void Before_the_first_update_the_averages_are_the_weights()
    {
        (Network<double> network, Optimizer<double> optimizer) = Create();
        IDisposable use = optimizer.UseAverages();
        network.Parameters[0].Value[0, 0].Should().Be(10);
        use.Dispose();
        use.Dispose();
        network.Parameters[0].Value[0, 0].Should().Be(10);
    }

    [Fact]
    public void Frozen_weights_are_averaged_as_they_are()
    {
        (Network<double> network, Optimizer<double> optimizer) = Create();
        network.Parameters[0].Trainable = false;
        network.Parameters[0].Gradient[0, 0] = 1;
        optimizer.Update();
        optimizer.Update();

        (network.Parameters[0].Value[0, 0], optimizer.Averages[0].Value[0, 0]).Should().Be((10, 10));
    }

    [Fact]
    public void Averages_in_use_are_neither_updated_nor_put_to_use_again()
    {
        (Network<double> network, Optimizer<double> optimizer) = Create();
        using (optimizer.UseAverages())
        {
            foreach (Action call in (Action[])[optimizer.Update, () => optimizer.UseAverages()])
                call.Should().Throw<InvalidOperationException>().WithMessage("The averages are in the place of the weights: dispose what UseAverages returned first.");
        }

        network.Parameters[0].Value[0, 0].Should().Be(10);
        (optimizer.StepNumber, network.StepNumber).Should().Be((0, 0));
    }

    [Fact]
    public void Without_averages_there_are_none_to_use()
    {
        Network<double> network = Network.Input<double>(1).Affine(1).Build(seed: 1);
        var optimizer = new Optimizer<double>(network, new Sgd());

        optimizer.Averages.Should().BeEmpty();
        FluentActions.Invoking(optimizer.UseAverages).Should().Throw<InvalidOperationException>().WithMessage("The optimizer keeps no averages: give it an averageDecay, such as 0.999.");
        FluentActions.Invoking(() => new Optimizer<double>(network, new Sgd(), averageDecay: 1))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("averageDecay must be in [0, 1); got 1.*");
    }

    private static (Network<double> Network, Optimizer<double> Optimizer) Create()
    {
        Network<double> network = Network.Input<double>(1).Affine(1, bias: false).Build(seed: 1);
        network.Parameters[0].Value[0, 0] = 10;
        return (network, new Optimizer<double>(network, new Sgd(1), averageDecay: 0.75));
    }
}
