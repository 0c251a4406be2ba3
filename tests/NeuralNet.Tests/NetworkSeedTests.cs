namespace NeuralNet.Tests;

/// <summary>What the seed fixes, and how weights begin.</summary>
public class NetworkSeedTests
{
    [Fact]
    public void The_same_seed_gives_the_same_weights_and_another_seed_others()
    {
        string weights = Small(seed: 42).WeightsSha256();

        Small(seed: 42).WeightsSha256().Should().Be(weights);
        Small(seed: 43).WeightsSha256().Should().NotBe(weights);
        Small(seed: -42).WeightsSha256().Should().NotBe(weights);
    }

    [Fact]
    public void A_missing_seed_is_drawn_recorded_and_reproduces_the_network()
    {
        Network<double> drawn = Small(seed: null), other = Small(seed: null);

        Small(drawn.Seed).WeightsSha256().Should().Be(drawn.WeightsSha256());
        other.Seed.Should().NotBe(drawn.Seed, "two draws of 64 bits hardly ever agree");
    }

    [Fact]
    public void Inserting_a_layer_does_not_change_the_others_initial_values()
    {
        var initializer = new Normal(0.1);
        Network<double> plain = Network.Input<double>(4).Affine(5, initializer).Affine(3, initializer).Build(seed: 1);
        Network<double> inserted = Network.Input<double>(4).Affine(5, initializer).Relu().Sigmoid().Affine(3, initializer).SoftmaxWithLoss().Build(seed: 1);

        inserted.Parameters.Zip(plain.Parameters).Should().HaveCount(4).And.AllSatisfy(pair => pair.First.Value.ShouldBeBits(pair.Second.Value));
        plain.Parameters[2].Value.Enumerate().Take(4).Should().NotEqual(plain.Parameters[0].Value.Enumerate().Take(4), "each layer draws its own numbers");
    }

    // By hand: 400 inputs and 100 outputs. He √(2/400) = 0.0707106781, for slope 1 √(2/(2·400)) = 0.05; Xavier √(2/500) = 0.0632455532.
    [Theory]
    [InlineData("Relu", 0.0707106781)]
    [InlineData("LeakyRelu", 0.05)]
    [InlineData("Sigmoid", 0.0632455532)]
    [InlineData("Tanh", 0.0632455532)]
    [InlineData("Softmax", 0.0632455532)]
    [InlineData("SoftmaxWithLoss", 0.0632455532)]
    [InlineData("SigmoidWithLoss", 0.0632455532)]
    [InlineData("Affine", 0.0632455532)]
    [InlineData("MeanSquaredError", 0.0632455532)]
    [InlineData("Identity, Relu", 0.0707106781)]
    public void Weights_begin_as_the_next_activation_asks(string next, double deviation)
    {
        NetworkBuilder<double> builder = Network.Input<double>(400).Affine(100);
        Network<double> network = (next switch
        {
            "Relu" => builder.Relu(),
            "LeakyRelu" => builder.LeakyRelu(1),
            "Sigmoid" => builder.Sigmoid(),
            "Tanh" => builder.Tanh(),
            "Softmax" => builder.Softmax(),
            "SoftmaxWithLoss" => builder.SoftmaxWithLoss(),
            "SigmoidWithLoss" => builder.SigmoidWithLoss(),
            "Affine" => builder.Affine(10).Relu(),
            "MeanSquaredError" => builder.MeanSquaredError(),
            _ => builder.Identity().Relu(),
        }).Build(seed: 7);

        // Five standard errors of the deviation of 40,000 values: 5/√80000 = 1.8 %.
        Deviation(network).Should().BeApproximately(deviation, 0.018 * deviation);
        network.Parameters[1].Value.Enumerate().Should().OnlyContain(value => value == 0, "a bias begins at 0");
    }

    [Fact]
    public void A_given_initializer_wins() =>
        Deviation(Network.Input<double>(400).Affine(100, new Normal(3)).Relu().Build(seed: 7)).Should().BeApproximately(3, 0.018 * 3);

    [Fact]
    public void Float_and_double_begin_with_the_same_numbers()
    {
        Network<float> single = Network.Input<float>(4).Affine(5).Relu().Affine(3).Build(seed: 9);
        Network<double> exact = Network.Input<double>(4).Affine(5).Relu().Affine(3).Build(seed: 9);

        single.Parameters.Zip(exact.Parameters).Should().AllSatisfy(pair => pair.First.Value.ShouldBeBits(pair.Second.Value.As<float>()));
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        // 128·256·256 = 8.4 million multiply-adds a product: four times what Workers splits over two threads.
        string[] hashes = [.. Enumerable.Range(1, 3).Select(threads =>
        {
            Network<float> network = Network.Input<float>(256).Affine(256).Relu().Affine(256).Tanh().Affine(10).SoftmaxWithLoss().Build(seed: 1);
            network.MaxThreads = threads;
            var optimizer = new Optimizer<float>(network, new Adam());
            for (int step = 0; step < 20; step++)
                network.Step(Make.Uniform<float>(128, 256, step), Make.Labels(128, 10, step), optimizer);
            return network.WeightsSha256();
        })];

        hashes.Distinct().Should().ContainSingle();
    }

    [Fact]
    public void MaxThreads_is_at_least_1_and_by_default_MathNets()
    {
        Network<double> network = Small(seed: 1);
        network.MaxThreads.Should().Be(MathNet.Numerics.Control.MaxDegreeOfParallelism);
        FluentActions.Invoking(() => network.MaxThreads = 0)
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("MaxThreads must be at least 1; got 0.*");
    }

    private static Network<double> Small(long? seed) => Network.Input<double>(4).Affine(5).Relu().Affine(3).SoftmaxWithLoss().Build(seed);

    private static double Deviation(Network<double> network) => Math.Sqrt(network.Parameters[0].Value.Enumerate().Average(value => value * value));
}
