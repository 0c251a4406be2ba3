namespace NeuralNet.Onnx;

/// <summary>Values in another shape of sample.</summary>
internal static class OnnxLayerShapes
{
    /// <summary>The layer's input with samples that are flat.</summary>
    public static string FlatInput(this OnnxLayer layer) => layer.InputShape.Rank == 1 ? layer.Input : layer.Node("Flatten", layer.Input).With("axis", 1).Output;

    /// <summary>A value with samples of another shape: a dimension of 0 is taken over.</summary>
    public static string Reshape(this OnnxLayer layer, string value, Shape sample, string constant = "shape") =>
        layer.Node("Reshape", value, layer.Integers(constant, [0, .. sample.Dimensions.ToArray().Select(dimension => (long)dimension)])).Output;

    /// <summary>The shape of one number for each channel that fits beside a sample.</summary>
    public static Shape BesideChannels(this Shape sample) => new([sample[0], .. Enumerable.Repeat(1, sample.Rank - 1)]);
}
