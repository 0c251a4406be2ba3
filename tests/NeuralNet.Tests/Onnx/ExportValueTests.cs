using NeuralNet.Benchmarks;
using NeuralNet.Onnx;

namespace NeuralNet.Tests;

/// <summary>What ONNX Runtime makes of exported networks against what they predict themselves.</summary>
public sealed class ExportValueTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public static TheoryData<string> Networks => ExportCases.Names;

    public static TheoryData<string> NetworksOfExtremes => [.. ExportCases.All.Where(row => row.Extremes.Length > 0).Select(row => row.Name)];

    public void Dispose() => folder.Dispose();

    [OnnxRuntimeTheory]
    [MemberData(nameof(Networks))]
    public void ONNX_Runtime_predicts_the_same_for_batches_of_any_size(string name)
    {
        ExportCase row = ExportCases.Row(name);
        Network<float> network = row.Network();
        using OnnxModel model = Export(network);

        foreach (int samples in (int[])[1, 7, 100])
        {
            Matrix<float> input = row.Samples(samples);
            model.Predict(input).ShouldBeClose(network.Predict(input).AsDouble(), MatrixAssertions.SingleTolerance, $"{name}, {samples} samples");
        }
    }

    [OnnxRuntimeTheory]
    [MemberData(nameof(NetworksOfExtremes))]
    public void ONNX_Runtime_makes_the_same_of_NaN_infinities_and_huge_numbers(string name)
    {
        ExportCase row = ExportCases.Row(name);
        using OnnxModel model = Export(row.Network());

        foreach ((double[] input, double[] output) in row.Extremes)
            model.Predict(Make.Rows(input).As<float>()).ShouldBeValues(Make.Rows(output).As<float>());
    }

    [OnnxRuntimeFact]
    public void ONNX_Runtime_cuts_the_fraction_of_an_index_off_and_counts_a_negative_one_from_the_end()
    {
        Network<float> network = Network.Input<float>(2).Embedding(4, 3).Build(seed: 1);
        using OnnxModel model = Export(network);

        model.Predict(Make.Rows([1.75, -1]).As<float>()).ShouldBeBits(network.Predict(Make.Rows([1, 3]).As<float>()));
        ((Action)(() => model.Predict(Make.Rows([0, 4]).As<float>()))).Should().Throw<PeerMissingException>().WithMessage("*idx=4 must be within the inclusive range*");
    }

    private OnnxModel Export(Network<float> network)
    {
        string path = Path.Combine(folder.FullName, "network.onnx");
        network.SaveOnnx(path);
        return new OnnxModel(path, network.InputShape, network.OutputShape);
    }
}
