using System.Buffers.Binary;
using System.Text.Json;
using NeuralNet.Onnx;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Tests;

/// <summary>What an exported file holds.</summary>
public sealed class ExportFormTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_small_network_is_the_model_that_one_would_write_by_hand()
    {
        // W [in = 3, out = 2] is ONNX's [2, 3], row by row: the first output's three weights, then the second's.
        var network = new Network<float>(3, [new Affine<float>(Matrix<float>.Build.DenseOfRowArrays([1, 2], [3, 4], [5, 6]), Matrix<float>.Build.DenseOfRowArrays([0.5f, -0.25f])), new Softmax<float>()]);
        ModelProto model = Model(network);

        model.IrVersion.Should().Be(8);
        model.OpsetImport.Should().Equal(new OperatorSetIdProto { Domain = string.Empty, Version = 17 });
        model.ProducerName.Should().Be("NeuralNet");
        model.ProducerVersion.Should().MatchRegex(@"^\d+\.\d+\.\d+[^+]*$");
        model.MetadataProps.Should().ContainSingle(entry => entry.Key == "neuralnet.version").Which.Value.Should().MatchRegex(@"^\d+\.\d+\.\d+[^+]*$");
        Text(model.Graph.Input.Single()).Should().Be("input: FLOAT [N, 3]");
        Text(model.Graph.Output.Single()).Should().Be("output: FLOAT [N, 2]");
        model.Graph.Node.Select(Text).Should().Equal("0.Affine: Gemm(input, 0.weight, 0.bias) -> 0.Affine", "1.Softmax: Softmax(0.Affine) -> output");
        model.Graph.Initializer.Select(Text).Should().Equal("0.weight: FLOAT [2, 3] 1 3 5 2 4 6", "0.bias: FLOAT [2] 0.5 -0.25");
    }

    [Fact]
    public void Images_keep_their_dimensions_and_nodes_say_which_layer_they_are_of()
    {
        ModelProto model = Model(Network.Input<float>(new Shape(1, 6, 6))
            .Convolution(2, 3).BatchNormalization().Gelu()
            .Residual(block => block.Convolution(2, 1).Dropout()).Affine(2)
            .Build(seed: 1));

        Text(model.Graph.Input.Single()).Should().Be("input: FLOAT [N, 1, 6, 6]");
        model.Graph.Node.Select(node => node.Name).Should().Equal(
            "0.Convolution", "1.BatchNormalization", "2.Gelu.Div", "2.Gelu.Erf", "2.Gelu.Mul", "2.Gelu.Add", "2.Gelu", "3.0.0.Convolution", "3.Residual", "4.Affine.Flatten", "4.Affine");
        model.Graph.Initializer.Select(tensor => tensor.Name).Should().Equal(
            "0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "2.Gelu.root2", "2.Gelu.half", "2.Gelu.one", "3.0.0.weight", "3.0.0.bias", "4.weight", "4.bias");
    }

    [Fact]
    public void Every_weight_and_state_of_every_network_is_written_under_its_name()
    {
        foreach (ExportCase row in ExportCases.All)
        {
            Network<float> network = row.Network();
            Dictionary<string, TensorProto> initializers = Model(network).Graph.Initializer.ToDictionary(tensor => tensor.Name);

            foreach ((string name, Matrix<float> value) in network.Parameters.Select(parameter => (parameter.Name, parameter.Value)).Concat(network.States.Select(state => (state.Name, state.Value))))
                Numbers(initializers[name]).Should().Equal(value.ToColumnMajorArray(), "{0} holds {1}", row.Name, name);
        }
    }

    [Fact]
    public void Padding_that_is_same_is_written_in_numbers_with_the_odd_row_last()
    {
        ModelProto model = Model(Network.Input<float>(new Shape(1, 5, 6)).Convolution(1, (2, 3), stride: (1, 2), padding: Padding.Same, dilation: (3, 1)).Build(seed: 1));

        // Along the height 2 rows 3 apart reach over 4: 3 more than one, 1 before and 2 after. Along the width (3 - 1)·2 + 3 - 6 = 1, after.
        Ints(model, "pads").Should().Equal(1, 0, 2, 1);
        Ints(model, "dilations").Should().Equal(3, 1);
    }

    [Fact]
    public void The_momentum_of_a_batch_normalisation_is_the_share_of_the_old_statistics_as_ONNX_has_it()
    {
        ModelProto model = Model(Network.Input<float>(3).BatchNormalization(epsilon: 0.25, momentum: 0.125).Build(seed: 1));

        model.Graph.Node.Single().Attribute.Select(attribute => (attribute.Name, attribute.F)).Should().Equal(("epsilon", 0.25f), ("momentum", 0.875f));
    }

    [Fact]
    public void Double_networks_are_rounded_to_float()
    {
        var network = new Network<double>(1, [new Affine<double>(Make.Rows([0.1]), Make.Rows([1e-60]))]);

        Model(network).Graph.Initializer.Select(Numbers).Should().BeEquivalentTo(new float[][] { [0.1f], [0] }, options => options.WithStrictOrdering());
    }

    [OnnxRuntimeFact]
    public void Double_networks_predict_the_same_up_to_rounding()
    {
        Network<double> network = Network.Input<double>(new Shape(1, 5, 5)).Convolution(3, 3).Softplus(2.5, 3).Affine(4).LayerNormalization().SoftmaxWithLoss().Build(seed: 1);
        Matrix<double> input = Make.Uniform(7, 25, seed: 2);
        string path = Path.Combine(folder.FullName, "double.onnx");
        network.SaveOnnx(path);

        using var model = new OnnxModel(path, network.InputShape, network.OutputShape);
        model.Predict(input.As<float>()).ShouldBeClose(network.Predict(input), MatrixAssertions.SingleTolerance);
    }

    [Fact]
    public void Class_names_stand_in_the_metadata_as_JSON()
    {
        Network<float> network = Network.Input<float>(4).Affine(3).SoftmaxWithLoss().Build(seed: 1);
        Model(network).MetadataProps.Should().NotContain(entry => entry.Key == "neuralnet.classes");

        network.ClassNames = ["setosa", "\"vérsicolor\"", "虹, \\"];

        string classes = Model(network).MetadataProps.Single(entry => entry.Key == "neuralnet.classes").Value;
        JsonSerializer.Deserialize<string[]>(classes).Should().Equal(network.ClassNames);
        classes.Should().Contain("虹");
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes_in_a_file_and_in_a_stream()
    {
        ExportCase row = ExportCases.Row("A block of convolutions");
        byte[] first = Bytes(row.Network());

        Bytes(row.Network()).Should().Equal(first);
        string path = Path.Combine(folder.FullName, "network.onnx");
        row.Network().SaveOnnx(path);
        File.ReadAllBytes(path).Should().Equal(first);
    }

    [Fact]
    public void A_stream_is_written_from_where_it_stands_and_stays_open()
    {
        Network<float> network = Network.Input<float>(2).Affine(1).Build(seed: 1);
        using var stream = new MemoryStream();
        stream.WriteByte(1);
        network.SaveOnnx(stream);
        stream.WriteByte(2);

        stream.ToArray().Should().Equal([1, .. Bytes(network), 2]);
    }

    [Fact]
    public void A_file_is_replaced_and_nothing_else_is_left_beside_it()
    {
        string path = folder.Write("network.onnx", new byte[100_000]);
        Network<float> network = Network.Input<float>(2).Affine(1).Build(seed: 1);
        network.SaveOnnx(path);

        File.ReadAllBytes(path).Should().Equal(Bytes(network));
        Directory.GetFileSystemEntries(folder.FullName).Should().Equal(path);
    }

    [Fact]
    public void A_link_stays_one()
    {
        string path = folder.Write("network.onnx", []), link = Path.Combine(folder.FullName, "link.onnx");
        File.CreateSymbolicLink(link, path);
        Network<float> network = Network.Input<float>(2).Affine(1).Build(seed: 1);
        network.SaveOnnx(link);

        new FileInfo(link).LinkTarget.Should().Be(path);
        File.ReadAllBytes(path).Should().Equal(Bytes(network));
    }

    private static byte[] Bytes<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        network.SaveOnnx(stream);
        return stream.ToArray();
    }

    private static ModelProto Model<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T> => ModelProto.Parser.ParseFrom(Bytes(network));

    private static long[] Ints(ModelProto model, string attribute) => [.. model.Graph.Node.Single().Attribute.Single(found => found.Name == attribute).Ints];

    private static string Text(NodeProto node) => $"{node.Name}: {node.OpType}({string.Join(", ", node.Input)}) -> {node.Output.Single()}";

    private static string Text(ValueInfoProto value)
    {
        TypeProto.Types.Tensor type = value.Type.TensorType;
        return $"{value.Name}: {Word(type.ElemType)} [{string.Join(", ", type.Shape.Dim.Select(dimension => dimension.HasDimParam ? dimension.DimParam : $"{dimension.DimValue}"))}]";
    }

    private static string Text(TensorProto tensor) => FormattableString.Invariant($"{tensor.Name}: {Word(tensor.DataType)} [{string.Join(", ", tensor.Dims)}] {string.Join(' ', Numbers(tensor))}");

    private static string Word(int dataType) => ((TensorProto.Types.DataType)dataType).ToString().ToUpperInvariant();

    private static float[] Numbers(TensorProto tensor)
    {
        byte[] bytes = tensor.RawData.ToByteArray();
        return [.. Enumerable.Range(0, bytes.Length / sizeof(float)).Select(i => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float))))];
    }
}
