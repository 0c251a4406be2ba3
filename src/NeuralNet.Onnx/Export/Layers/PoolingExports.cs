namespace NeuralNet.Onnx;

/// <summary>Poolings.</summary>
internal static class PoolingExports
{
    public static Dictionary<string, Func<OnnxLayer, string>> All { get; } = new()
    {
        ["MaxPooling"] = MaxPooling,
        ["AveragePooling"] = AveragePooling,
        ["GlobalAveragePooling"] = layer => layer.Node("Flatten", layer.Node("GlobalAveragePool", layer.Input).Output).With("axis", 1).Output,
    };

    private static string MaxPooling(OnnxLayer layer)
    {
        var window = new SlidingWindowAttributes(layer);
        if (!window.PadsBeyondKernel)
            return window.Describe(layer.Node("MaxPool", layer.Input)).With("pads", window.Pads).Output;

        // Padding by itself, of what is the largest of nothing.
        long[] pads = window.Pads;
        string padded = layer.Node("Pad", layer.Input, layer.Integers("pads", 0, 0, pads[0], pads[1], 0, 0, pads[2], pads[3]), layer.Number("padding", double.NegativeInfinity)).Output;
        return window.Describe(layer.Node("MaxPool", padded)).Output;
    }

    private static string AveragePooling(OnnxLayer layer)
    {
        var window = new SlidingWindowAttributes(layer);
        return window.Describe(layer.Node("AveragePool", layer.Input), dilates: false)
            .With("pads", window.Pads)
            .With("count_include_pad", layer.Description.Get<bool>("countPadding") ? 1 : 0)
            .Output;
    }
}
