using System.Text.Json;

namespace NeuralNet.Tests;

/// <summary>The numbers that every layer computes: against a scalar function, central differences, PyTorch, and between the precisions.</summary>
public class LayerValueTests
{
    [Theory, MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void Forward_equals_the_reference(string name)
    {
        LayerCase row = LayerCases.Row(name);
        if (row.Reference is null)
            return;
        Matrix<double> x = Make.Uniform(7, row.Width, seed: 3, low: -8, high: 8);
        x[0, 0] = 0;
        Matrix<double> expected = x.Map(row.Reference, Zeros.Include);

        row.Create<double>().Forward(x).ShouldBeClose(expected, MatrixAssertions.DoubleTolerance);
        row.Create<float>().Forward(x.As<float>()).ShouldBeClose(expected, MatrixAssertions.SingleTolerance);
    }

    [Theory, MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void The_gradients_equal_central_differences(string name)
    {
        LayerCase row = LayerCases.Row(name);
        Matrix<double> x = row.Batch<double>(4, seed: 3);
        GradientReport report = GradientCheck.Layer(row.ForCheck(row.Create<double>(), x), x);

        report.Passed.Should().BeTrue("{0}", report);
        report.Tensors.Should().HaveCount(1 + row.Create<double>().AllParameters().Count()).And.OnlyContain(tensor => tensor.Kinks == 0);
    }

    [Theory, MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void Float_agrees_with_double(string name)
    {
        LayerCase row = LayerCases.Row(name);
        ILayer<double> exact = row.Create<double>();
        ILayer<float> single = row.Create<float>();
        Matrix<double> x = row.Batch<double>(7, seed: 3);
        Matrix<double> y = exact.Forward(x);
        single.Forward(x.As<float>()).ShouldBeClose(y, MatrixAssertions.SingleTolerance);

        Matrix<double> dy = Make.Uniform(7, y.ColumnCount, seed: 4);
        single.Backward(dy.As<float>()).ShouldBeClose(exact.Backward(dy), MatrixAssertions.SingleTolerance);
        foreach ((Parameter<float> parameter, Parameter<double> expected) in single.AllParameters().Zip(exact.AllParameters()))
            parameter.Gradient.ShouldBeClose(expected.Gradient, MatrixAssertions.SingleTolerance, expected.Name);
    }

    [Theory, MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void Values_and_gradients_are_those_of_PyTorch(string name)
    {
        Check<double>(MatrixAssertions.DoubleTolerance);
        Check<float>(MatrixAssertions.SingleTolerance);

        void Check<T>(double tolerance)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            // layers.*.json: make_layers_*.py, PyTorch float64.
            JsonElement golden = GoldenFile.Row("layers", name);
            ILayer<T> layer = LayerCases.Row(name).Create<T>();
            golden.GetProperty("parameters").EnumerateObject().Select(value => value.Name).Should().Equal(Named(layer).Select(named => named.Name));
            foreach ((string parameterName, Parameter<T> parameter) in Named(layer))
                GoldenFile.InMemoryOrder(golden.GetProperty("parameters").Numbers(parameterName), parameter.Value).As<T>().CopyTo(parameter.Value);
            golden.TryGetProperty("states", out JsonElement states).Should().Be(layer.States.Count > 0);
            foreach (LayerState<T> state in layer.States)
                GoldenFile.InMemoryOrder(states.Numbers(state.Name), state.Value).As<T>().CopyTo(state.Value);

            layer.Forward(golden.Matrix("input").As<T>()).ShouldBeClose(golden.Matrix("output"), tolerance, "the output");
            layer.Backward(golden.Matrix("outputGradient").As<T>()).ShouldBeClose(golden.Matrix("inputGradient"), tolerance, "the input gradient");
            foreach ((string parameterName, Parameter<T> parameter) in Named(layer))
                parameter.Gradient.ShouldBeClose(GoldenFile.InMemoryOrder(golden.GetProperty("parameterGradients").Numbers(parameterName), parameter.Value), tolerance, parameterName);
            if (layer.States.Count > 0)
                CheckStatesAfterSecondStep(layer, golden, tolerance);
        }

        // The first step is forward and backward already; the second is forward only, as statistics need no more.
        void CheckStatesAfterSecondStep<T>(ILayer<T> layer, JsonElement golden, double tolerance)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            (layer as IStepAware)?.CommitStep();
            LayerCases.Row(name).EnterStep(layer, step: 1);
            layer.Forward(golden.Matrix("secondInput").As<T>());
            (layer as IStepAware)?.CommitStep();
            foreach (LayerState<T> state in layer.States)
                state.Value.ShouldBeClose(GoldenFile.InMemoryOrder(golden.GetProperty("statesAfter").Numbers(state.Name), state.Value), tolerance, state.Name);
        }
    }

    // Parameters with the names that a network would give them, without the layer's own index.
    private static IEnumerable<(string Name, Parameter<T> Parameter)> Named<T>(ILayer<T> layer, string path = "")
        where T : unmanaged, IFloatingPointIeee754<T> =>
        layer.Parameters.Select(parameter => (path + parameter.Name, parameter)).Concat(layer.Children.SelectMany((child, i) => Named(child, $"{path}{i}.")));
}
