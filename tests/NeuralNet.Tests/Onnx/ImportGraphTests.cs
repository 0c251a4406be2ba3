using NeuralNet.Onnx;
using NeuralNet.Onnx.Schema;
using DataType = NeuralNet.Onnx.Schema.TensorProto.Types.DataType;

namespace NeuralNet.Tests;

/// <summary>Graphs that are none, claims that are not true, and forms that no network has: each is refused in words that name it.</summary>
public class ImportGraphTests
{
    private static readonly Dictionary<string, (Func<GraphFile> File, string Message)> Refused = new()
    {
        ["a circle"] = (() => new GraphFile(17, 3).Node("Relu", "v1").Node("Relu", "v0"), "*Relu 'Relu_*' reads, by way of others, what it makes*"),
        ["a node that reads itself"] = (() => new GraphFile(17, 3).Node("Add", "x", "v0"), "*Add 'Add_0'*circle*"),
        ["a name that comes from nowhere"] = (() => new GraphFile(17, 3).Node("Relu", "y"), "*Relu 'Relu_0' reads 'y', which comes from nowhere*"),
        ["a name made twice"] = (() => new GraphFile(17, 3).Then("Relu").Then("Relu").Change(file => file.Graph.Node[1].Output[0] = "v0"), "*Relu 'Relu_1' makes 'v0', a name that is taken*"),
        ["a node that makes an input"] = (() => new GraphFile(17, 3).Then("Relu").Then("Relu").Change(file => file.Graph.Node[0].Output[0] = "x"), "*makes 'x', a name that is taken*"),
        ["two initializers of one name"] = (() => new GraphFile(17, 3).Weight("w", 3, 2).Weight("w", 3, 2).Then("MatMul", "w"), "*Two initializers have the name 'w'*"),
        ["no output"] = (() => new GraphFile(17, 3).Then("Relu").Change(file => file.Graph.Output.Add(new ValueInfoProto { Name = "y" })), "*output 'y' comes from no node*"),
        ["two outputs"] = (() => new GraphFile(17, 3).Then("Relu").Change(file => file.Graph.Output.Add([new() { Name = "v0" }, new() { Name = "x" }])), "*one output, found 2: 'v0', 'x'*"),
        ["two inputs"] = (() => new GraphFile(17, 3).Then("Relu").Change(file => file.Graph.Input.Add(GraphFile.Information("z", 3))), "*one input, found 2: 'x', 'z'*"),
        ["an output that is constant"] = (() => new GraphFile(17, 3).Weight("w", 3).Node("Identity", "w"), "*does not depend on its input*"),
        ["no graph"] = (() => new GraphFile(17, 3).Change(file => file.Model.Graph = new GraphProto()), "*one input, found 0*"),
        ["no operator set"] = (() => new GraphFile(17, 3).Then("Relu").Change(file => file.Model.OpsetImport.Clear()), "*version 7 to 24, found []*"),
        ["an operator set of the future"] = (() => new GraphFile(99, 3).Then("Relu"), "*version 7 to 24, found [99]*"),
        ["functions"] = (() => new GraphFile(17, 3).Then("Relu").Change(file => file.Model.Functions.Add(new FunctionProto { Name = "f" })), "*functions*not supported*"),
        ["sparse initializers"] = (() => new GraphFile(17, 3).Then("Relu").Change(file => file.Graph.SparseInitializer.Add(new SparseTensorProto())), "*sparse*not supported*"),
        ["another domain"] = (() => new GraphFile(17, 3).Then("Relu").Change(file => file.Graph.Node[0].Domain = "com.microsoft"), "*Relu 'Relu_0' is of the domain 'com.microsoft'*"),
        ["an unknown operator"] = (() => new GraphFile(17, 3).Then("LSTM"), "*LSTM 'LSTM_0' is of an operator that is not supported; supported are Add, AveragePool,*"),
        ["an unknown attribute"] = (() => new GraphFile(17, 3).Then("Relu").With("limit", 6f), "*Relu 'Relu_0' has the attribute 'limit', which is not supported*"),
        ["an attribute of another type"] = (() => new GraphFile(17, 3).Then("LeakyRelu").With("alpha", 1L), "*LeakyRelu 'LeakyRelu_0' expects the attribute alpha to be of the type Float, found Int*"),
        ["a subgraph"] = (() => new GraphFile(17, 3).Then("If").Change(file => file.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "then_branch", Type = AttributeProto.Types.AttributeType.Graph })), "*If 'If_0'*not supported*"),
        ["external data"] = (() => new GraphFile(17, 3).Weight("w", 3, 2).Then("MatMul", "w").Change(file => file.Graph.Initializer[0].DataLocation = TensorProto.Types.DataLocation.External), "*initializer 'w' has its data outside of the file*"),
        ["more dimensions than data"] = (() => new GraphFile(17, 3).Weight("w", 3, 2).Then("MatMul", "w").Change(file => file.Graph.Initializer[0].Dims[0] = 4), "*initializer 'w' of the dimensions [4, 2] expects 32 bytes, found 24*"),
        ["more dimensions than numbers"] = (() => new GraphFile(17, 3).Tensor("w", DataType.Float, [3, 2], tensor => tensor.FloatData.Add(1)).Then("MatMul", "w"), "*expects 6 numbers, found 1*"),
        ["a negative dimension"] = (() => new GraphFile(17, 3).Weight("w", 3, 2).Then("MatMul", "w").Change(file => file.Graph.Initializer[0].Dims[0] = -3), "*dimensions [-3, 2]*"),
        ["two negative dimensions"] = (() => new GraphFile(17, 3).Weight("w", 3, 2).Then("MatMul", "w").Change(file => file.Graph.Initializer[0].Dims[0] = file.Graph.Initializer[0].Dims[1] = -2), "*dimensions [-2, -2]*"),
        ["huge dimensions"] = (() => new GraphFile(17, 3).Weight("w", 3, 2).Then("MatMul", "w").Change(file => file.Graph.Initializer[0].Dims.Add([long.MaxValue, long.MaxValue])), "*initializer 'w'*no tensor that fits into memory*"),
        ["dimensions whose product is too large"] = (() => new GraphFile(17, 3).Weight("w", 3, 2).Then("MatMul", "w").Change(file => file.Graph.Initializer[0].Dims.Add([65536, 65536, 65536, 65536])), "*no tensor that fits*"),
        ["texts as a weight"] = (() => new GraphFile(17, 3).Tensor("w", DataType.String, [1], _ => { }).Then("MatMul", "w"), "*initializer 'w' is of the type STRING*"),
        ["an input without a shape"] = (() => new GraphFile(17, 3).Then("Relu").Change(file => file.Graph.Input[0].Type = null), "*input 'x' has no shape*"),
        ["an input of one dimension"] = (() => new GraphFile(17).Then("Relu"), "*input 'x' has 1 dimensions*"),
        ["an input of unknown size"] = (() => new GraphFile(17, 3).Then("Relu").Change(file => file.Graph.Input[0].Type.TensorType.Shape.Dim[1] = new() { DimParam = "width" }), "*dimension 'width' at axis 1*"),
        ["an input of size zero"] = (() => new GraphFile(17, 0).Then("Relu"), "*dimension 0 at axis 1*"),
        ["an input too large for an array"] = (() => new GraphFile(17, 65536, 65536).Then("Relu"), "*more than fit into an array*"),
        ["an input of texts"] = (() => new GraphFile(17, 3).Then("Relu").Change(file => file.Graph.Input[0].Type.TensorType.ElemType = (int)DataType.String), "*input 'x' is of the type String*"),
        ["a sum of three, one of them constant"] = (() => new GraphFile(17, 3).Floats("c", [3], 1, 1, 1).Then("Tanh").Node("Sum", "x", "c", "v0"), "*Sum 'Sum_1' adds 3 values; supported are two*"),
        ["fractions that are cut off"] = (() => new GraphFile(17, 3).Then("Cast").With("to", (long)DataType.Int64).Then("Cast").With("to", (long)DataType.Float), "*Cast 'Cast_1' casts to Float what a cast to whole numbers cut off*"),
        ["branches that cross"] = (Crossing, "*is read by branches that do not come together*"),
        ["values that are joined along one axis and again along another"] = (JoinedTwice, "*'Tanh_0' is read by branches that do not come together*"),
        ["a product of two values"] = (() => new GraphFile(17, 3).Then("Tanh").Node("Mul", "x", "v0"), "*Mul 'Mul_1' stands alone*part of Silu*"),
        ["a second output that is read"] = (() => new GraphFile(17, 3).Then("Dropout").Change(file => file.Graph.Node[0].Output.Add("mask")).Node("Relu", "mask"), "*Relu 'Relu_1' reads 'mask', a further output*"),
        ["an image of many pixels"] = (() => new GraphFile(17, 1, 30_000, 30_000).Then("AveragePool").With("kernel_shape", 2, 2).With("strides", 1, 1), "*AveragePool 'AveragePool_0' makes one sample more than 268435456 numbers*"),
        ["a constant of many numbers"] = (() => new GraphFile(17, 3).Integers("shape", 30_000, 30_000).Node("ConstantOfShape", "shape").Node("Add", "x", "v0"), "*ConstantOfShape 'ConstantOfShape_0' would take the memory*"),
        ["a slice of very many rows of nothing"] = (() => new GraphFile(17, 3).Tensor("empty", DataType.Float, [1 << 30, 0], _ => { }).Integers("from", 0).Integers("to", 1 << 30).Node("Slice", "empty", "from", "to").Node("Add", "x", "v0"), "*Slice 'Slice_0' would take the memory*"),
        ["roots of roots of roots"] = (Roots, "*Sqrt 'Sqrt_*' would take the memory*"),
        ["padding before padding that makes the same size"] = (
            () => new GraphFile(17, 1, 28, 28).Weight("w", 1, 1, 3, 3).Integers("pads", 0, 0, 0, 0, 0, 0, 1, 1).Then("Pad", "pads").Then("Conv", "w").With("strides", 2L, 2).With("auto_pad", "SAME_UPPER"),
            "*Conv 'Conv_1' has a padding of 1 above, 1 left, 2 below and 2 right*"),
        ["a weight that many layers share"] = (Sharing, "*MatMul 'MatMul_*' would take the memory*"),
        ["a weight that does not fit"] = (() => new GraphFile(17, 4).Weight("w", 3, 2).Then("MatMul", "w"), "*MatMul 'MatMul_0' multiplies [N, 4] with a constant [3, 2]*"),
        ["a transposed sample"] = (() => new GraphFile(17, 2, 3, 4).Then("Transpose").With("perm", 0, 2, 1, 3), "*Transpose 'Transpose_0' puts the axes*supported are those of images*"),
        ["channels of a flattened image"] = (() => Flattened(1, 1, 4).Node("Concat", "v1", "v1").With("axis", 3L), "*Concat 'Concat_2' joins [N, 1, 1, 4], [N, 1, 1, 4] along axis 3*"),
        ["the mean of a flattened image"] = (() => Flattened(1, 1, 4).Then("ReduceMean").With("axes", 1, 2), "*ReduceMean 'ReduceMean_2' takes the mean over the axes [1, 2] of [N, 1, 1, 4]*"),
        ["a flattened image as the output"] = (() => Flattened(4, 1, 1).Then("Relu"), "*output 'v2' is a flattened image with its channels last*"),
        ["samples that are mixed"] = (() => new GraphFile(17, 6).Integers("shape", -1, 2).Then("Reshape", "shape"), "*Reshape 'Reshape_0' gives [N, 6] the shape [-1, 2], which would mix the samples*"),
        ["uneven padding"] = (() => new GraphFile(17, 1, 6, 6).Weight("w", 1, 1, 3, 3).Then("Conv", "w").With("pads", 2, 0, 0, 1), "*Conv 'Conv_0' has a padding of 2 above*"),
        ["a batch normalisation that trains"] = (() => new GraphFile(17, 2).Weight("a", 2).Then("BatchNormalization", "a", "a", "a", "a").With("training_mode", 1), "*BatchNormalization*training mode*"),
        ["a batch normalisation that trains, as it was written"] = (() => new GraphFile(9, 2).Weight("a", 2).Then("BatchNormalization", "a", "a", "a", "a").Change(file => file.Graph.Node[0].Output.Add(["", "mean"])), "*BatchNormalization*training mode*"),
    };

    private static GraphFile Roots()
    {
        GraphFile file = new GraphFile(17, 3).Integers("shape", 100_000).Node("ConstantOfShape", "shape");
        for (int i = 0; i < 100; i++)
            file.Node("Sqrt", file.Last);
        return file.Node("Add", "x", file.Last);
    }

    public static TheoryData<string> Names => [.. Refused.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_no_network_is_refused_in_words(string name)
    {
        (Func<GraphFile> file, string message) = Refused[name];
        Action load = () => file().Load<float>();
        load.Should().Throw<InvalidDataException>().WithMessage("The stream: " + message);
    }

    [Fact]
    public void Bytes_that_are_no_model_are_refused_with_the_name_of_the_file()
    {
        using var folder = new ScratchFolder();
        string path = folder.Write("model.onnx", [0xFF, 0xFF, 0xFF]);
        Action load = () => OnnxFile.Load<float>(path);
        load.Should().Throw<InvalidDataException>().WithMessage(path + ": Expected an ONNX model, found bytes that are none*");
    }

    [Fact]
    public void A_stream_beyond_its_end_is_an_empty_file()
    {
        Action load = () => OnnxFile.Load<float>(new MemoryStream(new byte[3]) { Position = 5 });
        load.Should().Throw<InvalidDataException>().WithMessage("The stream: Expected an ONNX model, found one without a graph*");
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_nodes_is_a_network()
    {
        var file = new GraphFile(17, 3);
        for (int i = 0; i < 100_000; i++)
            file.Then("Relu");
        file.Load<float>().Layers.Should().HaveCount(100_000);
    }

    [Fact]
    public void Branches_within_branches_end_at_a_depth_that_is_named()
    {
        Nested(60).Load<float>().Predict(Make.Uniform<float>(1, 3, 1)).RowCount.Should().Be(1);
        Action load = () => Nested(50_000).Load<float>();
        load.Should().Throw<InvalidDataException>().WithMessage("*Add '*' stands within 64 sums and concatenations that nest*");
    }

    [Fact]
    public void Twenty_thousand_sums_one_behind_the_other_are_as_many_residuals()
    {
        var file = new GraphFile(17, 3);
        for (int i = 0; i < 20_000; i++)
        {
            string before = file.Last;
            file.Then("Tanh").Node("Add", file.Last, before);
        }

        file.Load<float>().Layers.Should().HaveCount(20_000).And.AllBeOfType<Residual<float>>();
    }

    [Fact]
    public void A_node_that_leads_nowhere_may_be_of_any_operator() =>
        new GraphFile(17, 3).Node("LSTM", "x").Node("Relu", "x").Load<float>().Layers.Should().ContainSingle().Which.Should().BeOfType<Relu<float>>();

    private static GraphFile Crossing()
    {
        GraphFile file = new GraphFile(17, 3).Node("Tanh", "x").Node("Sigmoid", "x").Node("Add", "v0", "v1").Node("Relu", "v0").Node("Add", "v3", "v1");
        return file.Node("Add", "v2", "v4");
    }

    private static GraphFile JoinedTwice()
    {
        GraphFile file = new GraphFile(17, 1, 4).Node("Tanh", "x").Node("Sigmoid", "x").Node("Concat", "v0", "v1").With("axis", 1L).Integers("flat", -1, 8).Then("Reshape", "flat");
        return file.Weight("w", 8, 4).Then("MatMul", "w").Integers("row", -1, 1, 4).Then("Reshape", "row").Node("Concat", "v0", "v1", "v5").With("axis", 2L);
    }

    // An image of 2 channels and 2 pixels, moved to channels last and given a shape of but one dimension that is not 1.
    private static GraphFile Flattened(params long[] sample) =>
        new GraphFile(17, 2, 2, 1).Then("Transpose").With("perm", 0, 2, 3, 1).Integers("shape", [-1, .. sample]).Then("Reshape", "shape");

    // Half a gigabyte of copies of a quarter of a megabyte.
    private static GraphFile Sharing()
    {
        GraphFile file = new GraphFile(17, 256).Weight("w", 256, 256);
        for (int i = 0; i < 2000; i++)
            file.Then("MatMul", "w");
        return file;
    }

    private static GraphFile Nested(int depth)
    {
        var file = new GraphFile(17, 3);
        for (int i = 0; i < depth; i++)
        {
            string before = file.Last;
            file.Node("Tanh", "x").Node("Add", before, file.Last);
        }

        return file;
    }
}
