namespace NeuralNet.Onnx;

/// <summary>Layers that look at numbers in another way, and those that do nothing in a prediction.</summary>
internal static class ShapeExports
{
    public static Dictionary<string, Func<OnnxLayer, string>> All { get; } = new()
    {
        ["Flatten"] = layer => layer.FlatInput(),
        ["Reshape"] = layer => layer.InputShape == layer.OutputShape ? layer.Input : layer.Reshape(layer.Input, layer.OutputShape),
        ["Dropout"] = layer => layer.Input,
        ["SpatialDropout"] = layer => layer.Input,
    };
}
