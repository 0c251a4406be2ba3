using System.Text.Json;

namespace NeuralNet.Tests;

public class TransformTests
{
    [Theory, MemberData(nameof(TransformCases.Names), MemberType = typeof(TransformCases))]
    public void Gradients_become_those_of_PyTorch_and_values_stay(string name)
    {
        Check<double>(MatrixAssertions.DoubleTolerance);
        Check<float>(MatrixAssertions.SingleTolerance);

        void Check<T>(double tolerance)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            // transforms.json: make_transforms.py, PyTorch float64.
            JsonElement golden = GoldenFile.Row("transforms", name);
            Network<T> network = Network.Input<T>(3).Affine(4).Build(seed: 1);
            Parameter<T>[] parameters = [.. network.Parameters];
            foreach (Parameter<T> parameter in parameters)
            {
                Of(golden, "values", parameter.Value, parameter).As<T>().CopyTo(parameter.Value);
                Of(golden, "before", parameter.Value, parameter).As<T>().CopyTo(parameter.Gradient);
            }

            string weights = network.WeightsSha256();
            TransformCases.Row(name).Create().Apply<T>(parameters);

            foreach (Parameter<T> parameter in parameters)
                parameter.Gradient.ShouldBeClose(Of(golden, "after", parameter.Value, parameter), tolerance, parameter.Name);
            network.WeightsSha256().Should().Be(weights);
        }

        static Matrix<double> Of<T>(JsonElement golden, string what, Matrix<T> like, Parameter<T> parameter)
            where T : unmanaged, IFloatingPointIeee754<T> => GoldenFile.InMemoryOrder(golden.GetProperty(what).Numbers(parameter.Name["0.".Length..]), like);
    }

    [Fact]
    public void An_optimizer_applies_them_in_their_order()
    {
        // By hand: 2 clipped to 1, plus 10 times the weight of 0.5; or 2 plus 5, clipped.
        Gradient([new ClipByValue(1), new L2(10)]).Should().Be(6);
        Gradient([new L2(10), new ClipByValue(1)]).Should().Be(1);

        static double Gradient(IGradientTransform[] transforms)
        {
            Network<double> network = Network.Input<double>(1).Affine(1, bias: false).Build(seed: 1);
            (network.Parameters[0].Value[0, 0], network.Parameters[0].Gradient[0, 0]) = (0.5, 2);
            new Optimizer<double>(network, new Sgd(), transforms: transforms).Update();
            return network.Parameters[0].Gradient[0, 0];
        }
    }

    [Fact]
    public void What_is_frozen_counts_in_no_norm_and_keeps_gradient_and_value()
    {
        Network<double> network = Network.Input<double>(1).Affine(1, bias: false).Affine(1, bias: false).Build(seed: 1);
        (Parameter<double> frozen, Parameter<double> trained) = (network.Parameters[0], network.Parameters[1]);
        frozen.Trainable = false;
        (frozen.Value[0, 0], frozen.Gradient[0, 0], trained.Value[0, 0], trained.Gradient[0, 0]) = (7, 1000, 1, 4);
        var optimizer = new Optimizer<double>(network, new AdamW(weightDecay: 1), transforms: [new L2(1), new L1(1), new ClipByValue(100), new ClipByNorm(100), new ClipByGlobalNorm(100)]);
        optimizer.GradientNorm().Should().Be(4);
        optimizer.Update();

        // By hand: 4 + 1·1 + 1·sign(1) = 6, which no limit reaches.
        (frozen.Value[0, 0], frozen.Gradient[0, 0], trained.Gradient[0, 0]).Should().Be((7, 1000, 6));
        optimizer.Slots.Where(slot => slot.Name.StartsWith("0.", StringComparison.Ordinal)).Should().HaveCount(2).And.OnlyContain(slot => slot.Value[0, 0] == 0);
        optimizer.GradientNorm().Should().Be(6);
    }

    [Fact]
    public void Clipping_hides_no_NaN()
    {
        foreach (TransformCase row in TransformCases.All)
        {
            Network<float> network = Network.Input<float>(40).Affine(1).Build(seed: 1);
            network.Parameters[0].Gradient[20, 0] = float.NaN;
            row.Create().Apply<float>([.. network.Parameters]);

            network.Parameters[0].Gradient[20, 0].Should().Be(float.NaN, row.Name);
        }
    }

    [Fact]
    public void Numbers_out_of_range_throw_with_the_range_and_the_value()
    {
        (Func<object> Create, string Message)[] wrong =
        [
            (() => new ClipByValue(0), "limit must be greater than 0 and finite; got 0.*"),
            (() => new ClipByNorm(double.NaN), "maxNorm must be greater than 0 and finite; got NaN.*"),
            (() => new ClipByGlobalNorm(-1), "maxNorm must be greater than 0 and finite; got -1.*"),
            (() => new L1(-1), "strength must be at least 0 and finite; got -1.*"),
            (() => new L2(double.PositiveInfinity), "strength must be at least 0 and finite; got Infinity.*"),
        ];
        foreach ((Func<object> create, string message) in wrong)
            create.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
        FluentActions.Invoking(() => new Optimizer<double>(Network.Input<double>(1).Affine(1).Build(seed: 1), new Sgd(), transforms: [null!])).Should().Throw<ArgumentNullException>();
    }
}
