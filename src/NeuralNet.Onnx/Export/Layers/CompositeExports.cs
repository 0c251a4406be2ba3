namespace NeuralNet.Onnx;

/// <summary>Layers of layers.</summary>
internal static class CompositeExports
{
    public static Dictionary<string, Func<OnnxLayer, string>> All { get; } = new()
    {
        ["Sequential"] = Sequential,
        ["Residual"] = Residual,
        ["Concat"] = layer => layer.Node("Concat", Branches(layer)).With("axis", 1).Output,
    };

    private static string Sequential(OnnxLayer layer)
    {
        OnnxValue value = InputOf(layer);
        for (int i = 0; i < layer.Description.Children.Count; i++)
            value = layer.Child(i, value);
        return value.Name;
    }

    private static string Residual(OnnxLayer layer)
    {
        string[] ways = Branches(layer);
        return layer.Node("Add", ways[0], ways.Length == 2 ? ways[1] : layer.Input).Output;
    }

    private static string[] Branches(OnnxLayer layer) => [.. Enumerable.Range(0, layer.Description.Children.Count).Select(i => layer.Child(i, InputOf(layer)).Name)];

    private static OnnxValue InputOf(OnnxLayer layer) => new(layer.Input, layer.InputShape);
}
