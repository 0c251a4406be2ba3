using NeuralNet.Onnx;

namespace NeuralNet.Tests;

/// <summary>Exported networks, imported again.</summary>
public class RoundTripTests
{
    public static TheoryData<string> Networks => ExportCases.Names;

    [Theory, MemberData(nameof(Networks))]
    public void A_network_comes_back_and_predicts_the_same(string name)
    {
        ExportCase row = ExportCases.Row(name);
        Network<float> network = row.Network();
        if (network.OutputShape.Size is > 1 and < 10)
            network.ClassNames = [.. Enumerable.Range(0, network.OutputShape.Size).Select(i => $"class {i}")];
        network.Metadata["inputs"] = "ä, 1";
        using var file = new MemoryStream();
        network.SaveOnnx(file);
        file.Position = 0;
        Network<float> imported = OnnxFile.Load<float>(file);

        Matrix<float> x = row.Samples(7);
        imported.Predict(x).ShouldBeClose(network.Predict(x).AsDouble(), MatrixAssertions.SingleTolerance, name);
        imported.InputShape.Should().Be(network.InputShape);
        imported.Metadata.Should().Equal(network.Metadata);
        imported.ClassNames.Should().Equal(network.ClassNames);
    }
}
