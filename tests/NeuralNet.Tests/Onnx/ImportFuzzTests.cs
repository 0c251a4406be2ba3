using NeuralNet.Onnx;

namespace NeuralNet.Tests;

/// <summary>Whatever is done to a file, it is a network or an <see cref="InvalidDataException"/>, soon and in memory of its size.</summary>
[Collection(RunsAlone.Name)]
public class ImportFuzzTests
{
    // Most of it is the network's tables and its prediction; of a byte, protocol buffers make many: an empty node of two is an object with four lists.
    private const long FixedBytes = 2 << 20;
    private const long BytesPerByte = 500;

    [Fact]
    public void Damaged_structure_is_a_network_or_InvalidDataException() => Damage([SmallGraphs.Branches(), SmallGraphs.Parts()]);

    [Fact]
    public void Damaged_exports_are_a_network_or_InvalidDataException() => Damage([ImportedModel.Bytes("gemm_forms"), ImportedModel.Bytes("mlp_softmax"), ImportedModel.Bytes("keras_residual")]);

    [Fact]
    public void A_file_that_ends_early_is_a_network_or_InvalidDataException()
    {
        byte[] file = SmallGraphs.Branches();
        int refused = 0;
        for (int length = 0; length < file.Length; length++)
        {
            Exception? error = Record.Exception(() => Load(file[..length]));
            if (error is not (null or InvalidDataException))
                error.Should().BeOfType<InvalidDataException>("of {0} bytes", length);
            refused += error is null ? 0 : 1;
        }

        // What ends before the output has none; only the operator set comes behind the graph.
        refused.Should().Be(file.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whole_numbers_that_many_layers_share_become_real_ones_once(bool isReshaped)
    {
        byte[] file = SmallGraphs.SharedWholeNumbers(isReshaped);
        (Exception? error, long allocated) = Fuzz.Measure(() => Load(file));
        error.Should().BeOfType<InvalidDataException>().Which.Message.Should().Match("The stream: MatMul 'MatMul_*' would take the memory for this file beyond * MB*");
        allocated.Should().BeLessThan(FixedBytes + (BytesPerByte * file.Length));
    }

    private static void Damage(IReadOnlyList<byte[]> files)
    {
        files.Should().OnlyContain(file => Load(file).Predict(Matrix<float>.Build.Dense(1, Load(file).InputShape.Size)).RowCount == 1);
        int refused = Fuzz.Run(files, file => Load(file), FixedBytes, BytesPerByte);
        refused.Should().BeInRange(500, 9500);
    }

    // A network that predicts, unless that alone would take long.
    private static Network<float> Load(byte[] file)
    {
        Network<float> network;
        try
        {
            network = OnnxFile.Load<float>(new MemoryStream(file), seed: 1);
        }
        catch (InvalidDataException e)
        {
            e.Message.Should().StartWith("The stream: ").And.Match(message => message.Length < 2000, "no name of a file is printed whole");
            throw;
        }

        if (network.InputShape.Size < 1000 && network.Layers.Sum(layer => (long)network.OutputShapeOf(layer).Size) < 10_000)
            network.Predict(Matrix<float>.Build.Dense(1, network.InputShape.Size)).ColumnCount.Should().Be(network.OutputShape.Size);
        return network;
    }
}
