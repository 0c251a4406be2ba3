using NeuralNet.Kernels;

namespace NeuralNet.Tests;

[Collection(RunsAlone.Name)]
public class OptimizerThreadTests
{
    public static TheoryData<string> Rules => RuleCases.Names;

    public static TheoryData<string> Transforms => TransformCases.Names;

    [Theory, MemberData(nameof(Rules))]
    public void A_rule_gives_the_same_bits_on_1_2_and_8_threads(string name) =>
        Fingerprints(network => new Optimizer<float>(network, RuleCases.Row(name).Create())).Distinct().Should().ContainSingle();

    [Theory, MemberData(nameof(Transforms))]
    public void A_transform_gives_the_same_bits_on_1_2_and_8_threads(string name) =>
        Fingerprints(network => new Optimizer<float>(network, new Sgd(), transforms: [TransformCases.Row(name).Create()], accumulationSteps: 2, averageDecay: 0.5)).Distinct().Should().ContainSingle();

    [Theory]
    [InlineData(7, 7)]
    [InlineData(int.MaxValue, 1024)]
    public void An_update_keeps_to_the_networks_threads(int threads, int limit)
    {
        Network<double> network = Network.Input<double>(2).Affine(1).MeanSquaredError().Build(seed: 1);
        network.MaxThreads = threads;
        var rule = new RuleThatLooksAtTheLimit();
        var optimizer = new Optimizer<double>(network, rule);

        network.Step(Make.Uniform(3, 2, seed: 1), Make.Uniform(3, 1, seed: 2), optimizer);
        optimizer.Update();

        // Weight and bias, in two updates.
        rule.Limits.Should().Equal(limit, limit, limit, limit);
    }

    // Of weights and averages after four calls, with gradients long enough to be split over all threads.
    private static IEnumerable<string> Fingerprints(Func<Network<float>, Optimizer<float>> create)
    {
        foreach (int threads in (int[])[1, 2, 8])
        {
            Network<float> network = Network.Input<float>(401).Affine(503).Build(seed: 1);
            network.MaxThreads = threads;
            Optimizer<float> optimizer = create(network);
            for (int step = 0; step < 4; step++)
            {
                foreach (Parameter<float> parameter in network.Parameters)
                    Make.Uniform<float>(parameter.Value.RowCount, parameter.Value.ColumnCount, seed: step).CopyTo(parameter.Gradient);
                optimizer.Update();
            }

            string weights = network.WeightsSha256();
            using (optimizer.Averages.Count > 0 ? optimizer.UseAverages() : null)
                yield return weights + network.WeightsSha256();
        }
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
