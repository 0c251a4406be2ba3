using Google.Protobuf;
using NeuralNet.Onnx.Schema;
using DataType = NeuralNet.Onnx.Schema.TensorProto.Types.DataType;

namespace NeuralNet.Tests;

/// <summary>Which layers a graph becomes, with which values, a loss behind them and names for their classes.</summary>
public class ImportFormTests
{
    [Theory]
    [InlineData("view", "Convolution Relu Flatten Affine LogSoftmax")]
    [InlineData("mlp_batchnorm_dropout", "Affine BatchNormalization Relu Affine BatchNormalization Relu Affine")]
    [InlineData("gelu_layernorm_older", "Affine LayerNormalization Gelu Affine Gelu LayerNormalization Affine")]
    [InlineData("gelu_layernorm", "Affine LayerNormalization Gelu Affine Gelu LayerNormalization Affine")]
    [InlineData("swish_older", "Convolution Silu Convolution HardSwish Flatten Affine")]
    [InlineData("soft", "Affine Softplus Affine Softplus Affine HardSigmoid Affine")]
    [InlineData("groupnorm", "Convolution GroupNormalization Relu Convolution GroupNormalization Relu GroupNormalization Flatten Affine")]
    [InlineData("resnet", "Convolution BatchNormalization Relu MaxPooling Residual Relu Residual Relu Residual Relu GlobalAveragePooling Affine")]
    [InlineData("normalized", "Scale Normalization Convolution Relu MaxPooling Flatten Affine")]
    [InlineData("embedding", "Embedding Flatten Affine Relu Affine")]
    [InlineData("keras_mlp", "Affine Relu Affine Softmax")]
    [InlineData("keras_conv", "Scale Convolution Relu Convolution MaxPooling Flatten Affine")]
    [InlineData("densenet", "Convolution Concat Concat Concat BatchNormalization Relu Convolution AveragePooling Concat Concat GlobalAveragePooling Affine")]
    public void The_layers_are_those_that_the_network_was_made_of(string name, string layers) =>
        string.Join(' ', Kinds(new ImportedModel(name).Load<float>())).Should().Be(layers);

    [Fact]
    public void A_loss_takes_the_place_of_its_own_head()
    {
        LastKinds("mlp_softmax", new SoftmaxWithLoss<float>()).Should().Equal("Affine", "SoftmaxWithLoss");
        LastKinds("mlp_softmax", new Focal<float>()).Should().Equal("Affine", "Focal");
        LastKinds("mlp_softmax", new CrossEntropyError<float>()).Should().Equal("Softmax", "CrossEntropyError");
        LastKinds("view", new SoftmaxWithLoss<float>()).Should().Equal("Affine", "SoftmaxWithLoss");
        LastKinds("binary", new SigmoidWithLoss<float>()).Should().Equal("Affine", "SigmoidWithLoss");
        LastKinds("binary", new MeanSquaredError<float>()).Should().Equal("Sigmoid", "MeanSquaredError");
        LastKinds("mlp", new SoftmaxWithLoss<float>()).Should().Equal("Affine", "SoftmaxWithLoss");
    }

    [Fact]
    public void Behind_a_loss_in_place_of_its_head_predictions_are_the_same()
    {
        var model = new ImportedModel("mlp_softmax");
        model.Load(new SoftmaxWithLoss<float>()).Predict(model.Input.As<float>()).ShouldBeClose(model.Output, MatrixAssertions.SingleTolerance);
    }

    [Fact]
    public void A_loss_that_does_not_fit_is_the_callers_error()
    {
        Action load = () => new ImportedModel("mlp").Load(new SoftmaxWithLoss<float>(classWeights: [1, 2]));
        load.Should().Throw<ArgumentException>().WithMessage("*SoftmaxWithLoss*");
    }

    [Fact]
    public void Half_is_no_precision()
    {
        Action load = () => new ImportedModel("mlp").Load<Half>();
        load.Should().Throw<NotSupportedException>().WithMessage("The precision must be float or double; got Half.");
    }

    [Theory]
    [InlineData("""["cat", "dog"]""", "cat dog")]
    [InlineData("""["cat", "dog", "cow"]""", "")]
    [InlineData("""["cat", "cat"]""", "")]
    [InlineData("""["cat", 2]""", "")]
    [InlineData("""["cat", ""]""", "")]
    [InlineData("""["cat", "\ud800"]""", "")]
    [InlineData("{}", "")]
    [InlineData("[", "")]
    public void Names_of_classes_are_read_where_they_fit(string json, string names)
    {
        GraphFile file = new GraphFile(17, 3).Weight("w", 3, 2).Then("MatMul", "w");
        file.Model.MetadataProps.Add(new StringStringEntryProto { Key = "neuralnet.classes", Value = json });
        string.Join(' ', file.Load<float>().ClassNames).Should().Be(names);
    }

    // 0.5, -2 and 3 in every type of number that a weight may have.
    [Theory]
    [InlineData(DataType.Float, "0000003F000000C000004040")]
    [InlineData(DataType.Double, "000000000000E03F00000000000000C00000000000000840")]
    [InlineData(DataType.Float16, "003800C00042")]
    [InlineData(DataType.Bfloat16, "003F00C04040")]
    [InlineData(DataType.Int8, "00FE03")]
    [InlineData(DataType.Int16, "0000FEFF0300")]
    [InlineData(DataType.Int32, "00000000FEFFFFFF03000000")]
    [InlineData(DataType.Int64, "0000000000000000FEFFFFFFFFFFFFFF0300000000000000")]
    public void Weights_of_every_type_are_read_from_raw_bytes(object type, string hexadecimal)
    {
        Network<double> network = new GraphFile(17, 3)
            .Tensor("w", (DataType)type, [3, 1], tensor => tensor.RawData = ByteString.CopyFrom(Convert.FromHexString(hexadecimal)))
            .Then("MatMul", "w").Load<double>();
        network.Parameters.Single().Value.Enumerate().Should().Equal(type is DataType.Int8 or DataType.Int16 or DataType.Int32 or DataType.Int64 ? 0 : 0.5, -2, 3);
    }

    [Fact]
    public void Weights_are_read_from_the_field_of_their_type()
    {
        Weight(DataType.Float, tensor => tensor.FloatData.Add([0.5f, -2, 3])).Should().Equal(0.5, -2, 3);
        Weight(DataType.Double, tensor => tensor.DoubleData.Add([0.1, -2, 3])).Should().Equal(0.1, -2, 3);
        Weight(DataType.Float16, tensor => tensor.Int32Data.Add([0x3800, 0xC000, 0x4200])).Should().Equal(0.5, -2, 3);
        Weight(DataType.Bfloat16, tensor => tensor.Int32Data.Add([0x3F00, 0xC000, 0x4040])).Should().Equal(0.5, -2, 3);

        static IEnumerable<double> Weight(DataType type, Action<TensorProto> fill) =>
            new GraphFile(17, 3).Tensor("w", type, [3, 1], fill).Then("MatMul", "w").Load<double>().Parameters.Single().Value.Enumerate();
    }

    [Fact]
    public void Numbers_of_layers_are_those_that_were_written()
    {
        // 0.1f is 0.10000000149 as a double.
        GraphFile file = new GraphFile(17, 2).Weight("a", 2).Floats("v", [2], 1, 2).Then("BatchNormalization", "a", "a", "a", "v").With("momentum", 0.9f).With("epsilon", 1e-3f).Then("LeakyRelu").With("alpha", 0.1f);
        Network<double> network = file.Load<double>();
        network.Layers[0].Describe().Get<double>("momentum").Should().Be(0.1);
        network.Layers[0].Describe().Get<double>("epsilon").Should().Be(0.001);
        network.Layers[1].Describe().Get<double>("slope").Should().Be(0.1);
    }

    [Fact]
    public void The_statistics_of_a_batch_normalisation_are_its_states()
    {
        GraphFile file = new GraphFile(17, 2).Floats("s", [2], 1, 2).Floats("b", [2], 3, 4).Floats("m", [2], 5, 6).Floats("v", [2], 7, 8).Then("BatchNormalization", "s", "b", "m", "v");
        Network<float> network = file.Load<float>();
        network.Parameters.Select(parameter => (parameter.Name, parameter.Value[0, 1])).Should().Equal(("0.weight", 2f), ("0.bias", 4f));
        network.States.Select(state => (state.Name, state.Value[0, 1])).Should().Equal(("0.running_mean", 6f), ("0.running_var", 8f));
    }

    [Fact]
    public void A_dropout_in_the_file_drops_in_training()
    {
        Network<float> network = new GraphFile(17, 3).Number("ratio", 0.3f).Then("Dropout", "ratio").Load<float>();
        network.Layers.Single().Describe().ToString().Should().Be("Dropout(0.3)");
    }

    [Fact]
    public void A_padding_that_reaches_no_further_window_may_differ_by_side()
    {
        // Over 6 columns in steps of 2, a third column of padding behind them is under no window.
        GraphFile file = new GraphFile(17, 1, 6, 6).Weight("w", 1, 1, 3, 3).Then("Conv", "w").With("strides", 2, 2).With("pads", 1, 1, 0, 0);
        file.Load<float>().Layers.Single().Describe().ToString().Should().Be("Convolution(1 -> 1, 3x3, stride 2x2, padding 1x1, no bias)");
    }

    [Fact]
    public void A_batch_size_in_the_file_binds_nobody()
    {
        GraphFile file = new GraphFile(17, 2, 2, 2).Integers("shape", 1, -1).Then("Reshape", "shape").Weight("w", 8, 3).Then("MatMul", "w");
        file.Graph.Input[0].Type.TensorType.Shape.Dim[0] = new() { DimValue = 1 };
        file.Load<float>().Predict(Make.Uniform<float>(4, 8, 1)).RowCount.Should().Be(4);
    }

    [Fact]
    public void Grey_images_with_their_channel_last_have_it_first()
    {
        GraphFile file = new GraphFile(17, 4, 6, 1).Weight("w", 1, 1, 3, 3).Then("Transpose").With("perm", 0, 3, 1, 2).Then("Conv", "w").Then("Transpose").With("perm", 0, 2, 3, 1);
        Network<float> network = file.Node("Concat", file.Last, file.Last).With("axis", 3L).Load<float>();
        network.InputShape.Should().Be(new Shape(1, 4, 6));
        Kinds(network).Should().Equal("Convolution", "Concat");
        network.OutputShape.Should().Be(new Shape(2, 2, 4));
    }

    [Fact]
    public void A_channel_moved_to_the_end_may_be_the_width_instead()
    {
        Network<float> network = new GraphFile(17, 1, 3, 2).Floats("a", [3], 1, 1, 1).Then("Transpose").With("perm", 0, 2, 3, 1).Then("BatchNormalization", "a", "a", "a", "a").Load<float>();
        Kinds(network).Should().Equal("Reshape", "BatchNormalization");
        network.OutputShape.Should().Be(new Shape(3, 2, 1));
    }

    [Fact]
    public void A_flattened_image_keeps_the_order_of_its_numbers_under_three_dimensions()
    {
        GraphFile file = new GraphFile(17, 2, 2, 1).Then("Transpose").With("perm", 0, 2, 3, 1).Integers("row", -1, 1, 1, 4).Then("Reshape", "row").Floats("c", [4], 10, 20, 30, 40).Then("Add", "c");
        file.Integers("flat", -1, 4).Then("Reshape", "flat").Floats("w", [4, 4], 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1).Then("MatMul", "w");

        // Channels 1, 2 and 3, 4 of two pixels each are 1, 3, 2, 4 with the channels last.
        file.Load<double>().Predict(Make.Rows([1, 2, 3, 4])).ShouldBeValues(Make.Rows([11, 23, 32, 44]));
    }

    [Fact]
    public void What_begins_as_values_joined_along_another_axis_does_not_go_on_from_them()
    {
        GraphFile file = new GraphFile(17, 1, 2).Node("Concat", "x", "x").With("axis", 1L).Integers("flat", -1, 4).Then("Reshape", "flat").Floats("w", [4, 2], 1, 0, 0, 1, 10, 0, 0, 10).Then("MatMul", "w");
        file.Integers("row", -1, 1, 2).Then("Reshape", "row").Node("Concat", "x", "x", file.Last).With("axis", 2L);
        file.Load<double>().Predict(Make.Rows([1, 2])).ShouldBeValues(Make.Rows([1, 2, 1, 2, 11, 22]));
    }

    [Fact]
    public void An_input_of_whole_numbers_may_become_real()
    {
        GraphFile file = new GraphFile(17, 3).Weight("w", 3, 2).Then("Cast").With("to", (long)DataType.Int32).Then("Cast").With("to", (long)DataType.Float).Then("MatMul", "w");
        file.Graph.Input[0].Type.TensorType.ElemType = (int)DataType.Uint8;
        Kinds(file.Load<float>()).Should().Equal("Affine");
    }

    // How operators were written before version 11, and from 18 and 20 on.
    private static readonly Dictionary<string, (GraphFile File, string Layers)> Versions = new()
    {
        ["Clip of 7"] = (new GraphFile(7, 3).Then("Clip").With("min", 0f).With("max", 6f), "Relu6"),
        ["Dropout of 7"] = (new GraphFile(7, 3).Then("Dropout").With("ratio", 0.25f), "Dropout(0.25)"),
        ["Pad of 7"] = (new GraphFile(7, 1, 4, 4).Weight("w", 1, 1, 3, 3).Then("Pad").With("pads", 0, 0, 1, 1, 0, 0, 1, 1).Then("Conv", "w"), "Convolution(1 -> 1, 3x3, padding 1x1, no bias)"),
        ["BatchNormalization of 7"] = (new GraphFile(7, 3).Floats("a", [3], 1, 1, 1).Then("BatchNormalization", "a", "a", "a", "a").With("spatial", 1), "BatchNormalization(3)"),
        ["BatchNormalization of 13"] = (new GraphFile(13, 3).Floats("a", [3], 1, 1, 1).Then("BatchNormalization", "a", "a", "a", "a").Change(file => file.Graph.Node[0].Output.Add(string.Empty)), "BatchNormalization(3)"),
        ["Softmax of 7"] = (new GraphFile(7, 3).Then("Softmax"), "Softmax"),
        ["ReduceMean of 18"] = (new GraphFile(18, 2, 3, 3).Integers("axes", 2, 3).Then("ReduceMean", "axes").With("keepdims", 0), "GlobalAveragePooling"),
        ["Gelu of 20"] = (new GraphFile(20, 3).Then("Gelu").With("approximate", "tanh").Then("Gelu"), "Gelu(tanh) Gelu"),
        ["Softplus with a threshold"] = (
            new GraphFile(17, 3).Number("beta", 2).Number("threshold", 20).Node("Mul", "x", "beta").Then("Softplus").Then("Div", "beta").Node("Greater", "v0", "threshold").Node("Where", "v3", "x", "v2"), "Softplus(2, 20)"),
        ["Cast of 19"] = (new GraphFile(19, 3).Then("Cast").With("to", 11).With("saturate", 1).Then("Relu"), "Relu"),
    };

    public static TheoryData<string> VersionNames => [.. Versions.Keys];

    [Theory]
    [MemberData(nameof(VersionNames))]
    public void Operators_of_every_version_are_read(string name) =>
        string.Join(' ', Versions[name].File.Load<float>().Layers.Select(layer => layer.Describe())).Should().Be(Versions[name].Layers);

    private static IEnumerable<string> LastKinds(string name, ILossLayer<float> loss) => Kinds(new ImportedModel(name).Load(loss)).TakeLast(2);

    private static IEnumerable<string> Kinds(Network<float> network) => network.Layers.Select(layer => layer.Describe().Kind);
}
