namespace NeuralNet.Onnx;

/// <summary>Layers that multiply by a learned weight.</summary>
internal static class WeightedExports
{
    public static Dictionary<string, Func<OnnxLayer, string>> All { get; } = new()
    {
        ["Affine"] = layer => layer.Node("Gemm", [layer.FlatInput(), .. Weights(layer)]).With("transB", 1).Output,
        ["Convolution"] = layer => Convolution(layer, "Conv").Output,
        ["TransposedConvolution"] = layer => Convolution(layer, "ConvTranspose")
            .With("output_padding", [layer.Description.Get<int>("outputPaddingHeight"), layer.Description.Get<int>("outputPaddingWidth")])
            .Output,
        ["Embedding"] = Embedding,
    };

    private static OnnxNode Convolution(OnnxLayer layer, string operation)
    {
        var window = new SlidingWindowAttributes(layer);
        return window.Describe(layer.Node(operation, [layer.Input, .. Weights(layer)])).With("pads", window.Pads).With("group", layer.Description.Get<int>("groups"));
    }

    private static string[] Weights(OnnxLayer layer) => layer.Description.Get<bool>("bias") ? [layer.Weight("weight"), layer.Weight("bias")] : [layer.Weight("weight")];

    // Indices come in as numbers.
    private static string Embedding(OnnxLayer layer)
    {
        string indices = layer.Node("Cast", layer.FlatInput()).With("to", (long)Schema.TensorProto.Types.DataType.Int64).Output;
        return layer.Node("Gather", layer.Weight("weight"), indices).With("axis", 0).Output;
    }
}
