namespace NeuralNet.Onnx;

/// <summary>Normalisations.</summary>
internal static class NormalizationExports
{
    public static Dictionary<string, Func<OnnxLayer, string>> All { get; } = new()
    {
        ["BatchNormalization"] = BatchNormalization,
        ["LayerNormalization"] = LayerNormalization,
        ["GroupNormalization"] = GroupNormalization,
        ["Normalization"] = Normalization,
    };

    private static string BatchNormalization(OnnxLayer layer)
    {
        (string scale, string shift) = Affine(layer, new Shape(layer.InputShape[0]));

        // ONNX counts the other way: its momentum is the share of the old statistics.
        return layer.Node("BatchNormalization", layer.Input, scale, shift, layer.Weight("running_mean"), layer.Weight("running_var"))
            .With("epsilon", layer.Description.Get<double>("epsilon"))
            .With("momentum", 1 - layer.Description.Get<double>("momentum"))
            .Output;
    }

    private static string LayerNormalization(OnnxLayer layer)
    {
        (string scale, string shift) = Affine(layer, layer.InputShape);
        return layer.Node("LayerNormalization", layer.Input, scale, shift).With("axis", 1).With("epsilon", layer.Description.Get<double>("epsilon")).Output;
    }

    // Opset 17 has no groups: each counts as a channel of an instance normalisation, and the channels have their weights behind it.
    private static string GroupNormalization(OnnxLayer layer)
    {
        int groups = layer.Description.Get<int>("groups");
        string grouped = layer.Reshape(layer.Input, new Shape(groups, layer.InputShape.Size / groups), "groups");
        string normal = layer.Node("InstanceNormalization", grouped, layer.Numbers("ones", groups, 1), layer.Numbers("zeros", groups, 0))
            .With("epsilon", layer.Description.Get<double>("epsilon"))
            .Output;
        string y = layer.Reshape(normal, layer.InputShape);
        if (!layer.Description.Get<bool>("affine"))
            return y;
        Shape channels = layer.InputShape.BesideChannels();
        return layer.Node("Add", layer.Node("Mul", y, layer.Weight("weight", channels)).Output, layer.Weight("bias", channels)).Output;
    }

    // A number for each channel, or for each feature.
    private static string Normalization(OnnxLayer layer)
    {
        Shape shape = layer.Description.Get<int>("size") == layer.InputShape[0] ? layer.InputShape.BesideChannels() : layer.InputShape;
        return layer.Node("Mul", layer.Node("Sub", layer.Input, layer.Weight("offset", shape)).Output, layer.Weight("factor", shape)).Output;
    }

    private static (string Scale, string Shift) Affine(OnnxLayer layer, Shape shape) => layer.Description.Get<bool>("affine")
        ? (layer.Weight("weight"), layer.Weight("bias"))
        : (layer.Numbers("ones", shape, 1), layer.Numbers("zeros", shape, 0));
}
