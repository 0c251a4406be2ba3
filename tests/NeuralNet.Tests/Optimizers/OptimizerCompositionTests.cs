using System.Text.Json;

namespace NeuralNet.Tests;

public class OptimizerCompositionTests
{
    [Fact]
    public void Accumulation_clipping_L2_AdamW_warm_up_average_and_a_frozen_layer_are_those_of_PyTorch()
    {
        Check<double>(MatrixAssertions.DoubleTolerance);
        Check<float>(MatrixAssertions.SingleTolerance);

        static void Check<T>(double tolerance)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            // composed.json: make_composed.py, PyTorch float64.
            JsonElement golden = GoldenFile.Row("composed", "all of it");
            Network<T> network = Network.Input<T>(3).Affine(4, bias: false).Tanh().Affine(5).Tanh().Affine(2).SoftmaxWithLoss().Build(seed: 1);
            foreach (Parameter<T> parameter in network.Parameters)
                Of(golden, "values", parameter.Value, parameter.Name).As<T>().CopyTo(parameter.Value);
            network.Parameters[0].Trainable = false;
            var optimizer = new Optimizer<T>(
                network, new AdamW(0.05, weightDecay: 0.1), new LinearWarmup(3, 0.25), [new ClipByGlobalNorm(0.3), new L2(0.02)], accumulationSteps: 2, averageDecay: 0.7);

            double[] losses = golden.Numbers("losses");
            JsonElement[] batches = [.. golden.GetProperty("batches").EnumerateArray()];
            for (int i = 0; i < batches.Length; i++)
            {
                int[] labels = [.. batches[i].Numbers("labels").Select(label => (int)label)];
                network.Step(batches[i].Matrix("x").As<T>(), labels, optimizer).ShouldBeClose(losses[i], tolerance, "the loss");
            }

            foreach (Parameter<T> parameter in network.Parameters)
                parameter.Value.ShouldBeClose(Of(golden, "after", parameter.Value, parameter.Name), tolerance, parameter.Name);
            foreach (OptimizerSlot<T> average in optimizer.Averages)
                average.Value.ShouldBeClose(Of(golden, "averages", average.Value, average.Name[..^".average".Length]), tolerance, average.Name);
        }

        static Matrix<double> Of<T>(JsonElement golden, string what, Matrix<T> like, string name)
            where T : unmanaged, IFloatingPointIeee754<T> => GoldenFile.InMemoryOrder(golden.GetProperty(what).Numbers(name), like);
    }

    [Fact]
    public void All_that_is_remembered_between_steps_can_be_seen()
    {
        Network<double> network = Network.Input<double>(2).Affine(1).MeanSquaredError().Build(seed: 1);
        var optimizer = new Optimizer<double>(network, new Adam(), new ReduceOnPlateau(), [new ClipByValue(1)], accumulationSteps: 2, averageDecay: 0.9);

        optimizer.Slots.Concat(optimizer.AccumulatedGradients).Concat(optimizer.Averages).Select(slot => slot.Name).Should().Equal(
            "0.weight.exp_avg", "0.weight.exp_avg_sq", "0.bias.exp_avg", "0.bias.exp_avg_sq",
            "0.weight.accumulated_gradient", "0.bias.accumulated_gradient", "0.weight.average", "0.bias.average");
        optimizer.Schedule.Should().Be(new ReduceOnPlateau());
        optimizer.Transforms.Should().Equal(new ClipByValue(1));
    }
}
