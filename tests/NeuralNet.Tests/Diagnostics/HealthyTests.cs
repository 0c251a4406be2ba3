namespace NeuralNet.Tests;

/// <summary>Where all is well nothing is found.</summary>
public class HealthyTests
{
    [Theory, MemberData(nameof(HealthyCase.Names), MemberType = typeof(HealthyCase))]
    public void Nothing_is_found_before_during_and_after(string name)
    {
        HealthyCase row = HealthyCase.All.Single(row => row.Name == name);
        (IDataset<float> train, IDataset<float>? validation) = row.Data();
        ShouldBeHealthy(row.Network(), row.Rule, train, validation, row.Epochs, row.BatchSize, row.Every, row.LargestLoss);
    }

    [MnistFact]
    public void Nothing_is_found_on_mnist()
    {
        (ImageDataset<float> train, ImageDataset<float> test) = Mnist.Load<float>(SharedData.Mnist!);
        Network<float> network = Network.Input<float>(784).Affine(50).Relu().Affine(10).SoftmaxWithLoss().Build(seed: 1);
        ShouldBeHealthy(network, new Sgd(0.1), train, test, epochs: 3, batchSize: 100, every: 50, largestLoss: 0.25);
    }

    private static void ShouldBeHealthy(
        Network<float> network, IOptimizerRule rule, IDataset<float> train, IDataset<float>? validation, int epochs, int batchSize, int every, double largestLoss)
    {
        var optimizer = new Optimizer<float>(network, rule);
        network.Diagnose(train, optimizer).ToString().Should().Be(new Diagnosis([]).ToString(), "nothing is wrong before training");

        var diagnostics = new TrainingDiagnostics<float>(every);
        new Trainer<float>(optimizer) { Callbacks = [diagnostics] }.Fit(train, validation, epochs, batchSize, seed: 1);
        network.Evaluate(train).Loss.Should().BeLessThan(largestLoss, "it learns");
        diagnostics.ToString().Should().Be(new Diagnosis([]).ToString(), "nothing is wrong during training");
        network.Diagnose(train, optimizer).ToString().Should().Be(new Diagnosis([]).ToString(), "nothing is wrong after training");
    }
}
