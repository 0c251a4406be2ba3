using NeuralNet.Kernels;

namespace NeuralNet.Tests;

public class OptimizerThreadTests
{
    [Fact]
    public void An_update_keeps_to_the_networks_threads()
    {
        Network<double> network = Network.Input<double>(2).Affine(1).MeanSquaredError().Build(seed: 1);
        network.MaxThreads = 7;
        var rule = new RuleThatLooksAtTheLimit();
        var optimizer = new Optimizer<double>(network, rule);

        network.Step(Make.Uniform(3, 2, seed: 1), Make.Uniform(3, 1, seed: 2), optimizer);
        optimizer.Update();

        // Weight and bias, in two updates.
        rule.Limits.Should().Equal(7, 7, 7, 7);
    }

    private sealed class RuleThatLooksAtTheLimit : IOptimizerRule
    {
        public List<int> Limits { get; } = [];

        public double LearningRate => 1;

        public IReadOnlyList<string> SlotNames => [];

        public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
            where T : unmanaged, IFloatingPointIeee754<T> => Limits.Add(ThreadLimit.Current);
    }
}
