using System.Globalization;

namespace NeuralNet.Onnx;

/// <summary>The window of a convolution or pooling as ONNX has it: heights, then widths.</summary>
internal sealed class SlidingWindowAttributes
{
    private readonly long[] kernel, strides, dilations;

    public SlidingWindowAttributes(OnnxLayer layer)
    {
        kernel = Sizes(layer, "kernelSize");
        strides = Sizes(layer, "stride");
        dilations = Sizes(layer, "dilation");
        string padding = layer.Description.Get<string>("padding");
        for (int axis = 0; axis < 2; axis++)
            (Pads[axis], Pads[axis + 2]) = padding == "same" ? SamePadding(layer, axis) : Padding(padding, axis);
    }

    /// <summary>Above, to the left, below, to the right.</summary>
    public long[] Pads { get; } = new long[4];

    /// <summary>Whether a window may begin with more padding than it has places, which not every runtime takes.</summary>
    public bool PadsBeyondKernel => Pads.Index().Any(pad => pad.Item >= kernel[pad.Index % 2]);

    /// <summary>Gives a node all of the window's attributes but the padding and, where its operator knows none, the dilation.</summary>
    public OnnxNode Describe(OnnxNode node, bool dilates = true)
    {
        node.With("kernel_shape", kernel).With("strides", strides);
        return dilates ? node.With("dilations", dilations) : node;
    }

    private static long[] Sizes(OnnxLayer layer, string name) => [.. layer.Description.Get<Shape>(name).Dimensions.ToArray()];

    private static (long Before, long After) Padding(string text, int axis)
    {
        int padding = int.Parse(text.Split('x')[axis], CultureInfo.InvariantCulture);
        return (padding, padding);
    }

    // What makes the output as large as it is; an odd row or column comes last.
    private (long Before, long After) SamePadding(OnnxLayer layer, int axis)
    {
        int input = layer.InputShape[axis + 1], output = layer.OutputShape[axis + 1];
        long total = Math.Max(0, ((output - 1) * strides[axis]) + ((kernel[axis] - 1) * dilations[axis]) + 1 - input);
        return (total / 2, total - (total / 2));
    }
}
