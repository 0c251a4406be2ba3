namespace NeuralNet.Tests;

/// <summary>What PyTorch and Keras export predicts here as it does there, and can go on training.</summary>
public class ImportTests
{
    public static TheoryData<string> Models => [.. ImportedModel.Names];

    [Theory]
    [MemberData(nameof(Models))]
    public void Predictions_are_those_of_PyTorch(string name)
    {
        var model = new ImportedModel(name);
        Network<float> network = model.Load<float>();
        network.OutputShape.Dimensions.ToArray().Should().Equal(model.OutputShape);
        network.Predict(model.Input.As<float>()).ShouldBeClose(model.Output, MatrixAssertions.SingleTolerance, $"the predictions of {name}");
        network.Predict(model.Input.RowOf(0).As<float>()).ShouldBeClose(model.Single, MatrixAssertions.SingleTolerance, $"the single prediction of {name}");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Predictions_in_double_are_those_of_PyTorch(string name)
    {
        var model = new ImportedModel(name);
        model.Load<double>().Predict(model.Input).ShouldBeClose(model.Output, MatrixAssertions.SingleTolerance, $"the predictions of {name}");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_network_trains_on(string name)
    {
        var model = new ImportedModel(name);
        Network<float> network = model.Load(LossFor(name));
        Matrix<float> x = model.Input.As<float>();
        Matrix<float> t = TargetsFor(network, x.RowCount);
        var optimizer = new Optimizer<float>(network, new Adam(0.01));
        double[] losses = [.. Enumerable.Range(0, 15).Select(_ => network.Step(x, t, optimizer))];
        losses[^1].Should().BeLessThan(0.95 * losses[0], "{0} learns", name);
        network.Parameters.Should().NotBeEmpty();
        network.Replicate().Predict(x).ShouldBeBits(network.Predict(x));
    }

    private static ILossLayer<float> LossFor(string name) => name switch
    {
        "autoencoder" => new MeanSquaredError<float>(),
        "binary" => new SigmoidWithLoss<float>(),
        _ => new SoftmaxWithLoss<float>(),
    };

    private static Matrix<float> TargetsFor(Network<float> network, int rows)
    {
        int outputs = network.OutputShape.Size;
        return network.Layers[^1] is SoftmaxWithLoss<float> ? OneHot.Encode<float>([.. Enumerable.Range(0, rows).Select(row => row % outputs)], outputs) : Matrix<float>.Build.Dense(rows, outputs, (row, _) => row % 2);
    }
}
