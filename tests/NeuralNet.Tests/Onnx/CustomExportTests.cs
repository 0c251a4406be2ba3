using NeuralNet.Onnx;
using NeuralNet.Onnx.Schema;
using AttributeType = NeuralNet.Onnx.Schema.AttributeProto.Types.AttributeType;

namespace NeuralNet.Tests;

/// <summary>Custom layers with an ONNX form of their own.</summary>
public sealed class CustomExportTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [OnnxRuntimeFact]
    public void A_custom_layer_is_exported_with_its_weights_and_hyperparameters()
    {
        OnnxExport.Register("Bent", layer =>
        {
            string bent = layer.Node("Elu", layer.Input).With("alpha", layer.Description.Get<double>("alpha")).Output;
            string scaled = layer.Node("Mul", bent, layer.Weight("factor")).Output;
            return layer.Node("Add", scaled, layer.Number("offset", 0.5)).Output;
        });
        Network<double> network = Network.Input<double>(4).Residual(block => block.Add(new Bent(0.3))).Affine(2).Build(seed: 1);
        string path = Path.Combine(folder.FullName, "custom.onnx");
        network.SaveOnnx(path);

        using var model = new OnnxModel(path, network.InputShape, network.OutputShape);
        Matrix<double> input = Make.Uniform(7, 4, seed: 2);
        model.Predict(input.As<float>()).ShouldBeClose(network.Predict(input), MatrixAssertions.SingleTolerance);
    }

    [Fact]
    public void A_kind_is_given_one_form()
    {
        OnnxExport.Register("Twice", layer => layer.Input);
        ((Action)(() => OnnxExport.Register("Twice", layer => layer.Input))).Should().Throw<ArgumentException>().WithMessage("A layer of kind Twice has an ONNX form already.*");
        ((Action)(() => OnnxExport.Register("Relu", layer => layer.Input))).Should().Throw<ArgumentException>().WithMessage("A layer of kind Relu has an ONNX form already.*");
    }

    [Fact]
    public void A_form_may_pass_its_input_through_and_name_nodes_alike()
    {
        Export(layer => layer.Input).Should().NotThrow();
        Export(layer => layer.Node("Neg", layer.Node("Neg", layer.Input).Output).Output).Should().NotThrow();
        Export(layer => layer.Node("Clip", layer.Input, string.Empty, layer.Number("max", 1)).Output).Should().NotThrow();
    }

    [Fact]
    public void Attributes_are_numbers_whole_numbers_texts_and_lists()
    {
        string kind = Registered(layer => layer.Node("Any", layer.Input, layer.Integers("counts", 7, -8)).With("whole", 3).With("number", 0.25).With("text", "é").With("list", [-1, 1L << 40]).Output);
        using var stream = new MemoryStream();
        Network.Input<double>(3).Add(new Bent(1, kind)).Build(seed: 1).SaveOnnx(stream);
        GraphProto graph = ModelProto.Parser.ParseFrom(stream.ToArray()).Graph;

        graph.Node.Single().Attribute.Select(attribute => (attribute.Name, attribute.Type)).Should().Equal(
            ("whole", AttributeType.Int), ("number", AttributeType.Float), ("text", AttributeType.String), ("list", AttributeType.Ints));
        (graph.Node[0].Attribute[0].I, graph.Node[0].Attribute[1].F, graph.Node[0].Attribute[2].S.ToStringUtf8()).Should().Be((3, 0.25f, "é"));
        graph.Node[0].Attribute[3].Ints.Should().Equal(-1, 1L << 40);

        // Two's complement, the lowest byte first.
        graph.Initializer.Single().RawData.Should().Equal(7, 0, 0, 0, 0, 0, 0, 0, 0xF8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF);
    }

    [Fact]
    public void A_form_that_is_wrong_is_told_where()
    {
        Export(_ => "nothing").Should().Throw<InvalidOperationException>().WithMessage("The ONNX form of 0.* returns 'nothing', which is the output of no node.");
        Export(layer => layer.Node("Neg", "nothing").Output).Should().Throw<ArgumentException>().WithMessage("0.*.Neg is given 'nothing', which is the output of no node before it.");
        Export(layer => layer.Weight("bias")).Should().Throw<ArgumentException>().WithMessage("0.* has no parameter or state bias; it has factor.*");
        Export(layer => layer.Weight("factor", new Shape(2, 3))).Should().Throw<ArgumentException>().WithMessage("0.factor holds 1 numbers, got the shape 2x3 of 6.*");
        Export(layer => layer.Numbers("three", 3, 1, 2)).Should().Throw<ArgumentException>().WithMessage("0.*.three expects 3 numbers or one for all, got 2.*");
        Export(layer => layer.Number("one", 1) + layer.Number("one", 2)).Should().Throw<ArgumentException>().WithMessage("The graph has another '0.*.one' already.");
    }

    // A kind of its own each time: what is registered stays so.
    private static string Registered(Func<OnnxLayer, string> form)
    {
        string kind = $"Bent{Guid.NewGuid():N}";
        OnnxExport.Register(kind, form);
        return kind;
    }

    private static Action Export(Func<OnnxLayer, string> form)
    {
        string kind = Registered(form);
        return () => Network.Input<double>(3).Add(new Bent(1, kind)).Build(seed: 1).SaveOnnx(new MemoryStream());
    }

    // y = elu(x)·factor + 0.5
    private sealed class Bent(double alpha, string kind = "Bent") : ILayer<double>
    {
        private readonly Parameter<double> factor = new("factor", 1, Matrix<double>.Build.Dense(1, 1, 0.75));

        public IReadOnlyList<Parameter<double>> Parameters => [factor];

        public Matrix<double> Forward(Matrix<double> input) => input.Map(x => ((x > 0 ? x : alpha * (Math.Exp(x) - 1)) * factor.Value[0, 0]) + 0.5, Zeros.Include);

        public Matrix<double> Backward(Matrix<double> outputGradient) => throw new NotSupportedException();

        public LayerDescription Describe() => new LayerDescription(kind).With("alpha", alpha);
    }
}
