namespace NeuralNet.Onnx;

/// <summary>Convolutions, transposed ones, and the rows and columns of zeros that may come before.</summary>
internal static class ConvolutionOperators<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static readonly Dictionary<string, Func<Operation<T>, Value<T>>> All = new()
    {
        ["Conv"] = Convolve,
        ["ConvTranspose"] = Transposed,
        ["Pad"] = Pad,
    };

    private static Value<T> Convolve(Operation<T> operation)
    {
        (Value<T> data, ImagePadding? zeros) = Unpadded(operation.OrderedData(rank: 3));
        if (zeros is { IsZero: false })
            throw operation.Node.Refuse("has other than zeros put around its image, which is not supported");
        (int channels, int height, int width) = Image(data);
        (Tensor weight, WindowAttributes window, int groups) = Weight(operation, height, width, zeros);
        int outputs = weight.Dimensions[0];
        if (outputs % groups != 0 || channels % groups != 0 || weight.Dimensions[1] != channels / groups)
            throw operation.Node.Refuse($"has a weight {Excerpt.List(weight.Dimensions)} in {groups} groups for {channels} channels, which do not fit");
        (int rows, int columns, Padding padding) = window.Over(height, width);
        return Layer(operation, data, Layout.Of(outputs, rows, columns), outputs, biases => chain =>
        {
            var layer = new Convolution<T>(outputs, window.Kernel, window.Stride, padding, window.Dilation, groups, biases is not null, new Constant());
            Fill(operation, chain, layer, data.Layout.Shape, weight, biases);
        });
    }

    private static Value<T> Transposed(Operation<T> operation)
    {
        Value<T> data = operation.OrderedData(rank: 3);
        (int channels, int height, int width) = Image(data);
        (Tensor weight, WindowAttributes window, int groups) = Weight(operation, height, width, zeros: null);
        if (weight.Dimensions[0] != channels || channels % groups != 0 || (long)weight.Dimensions[1] * groups is not (<= int.MaxValue and var product))
            throw operation.Node.Refuse($"has a weight {Excerpt.List(weight.Dimensions)} in {groups} groups for {channels} channels, which do not fit");
        int outputs = (int)product;
        (int rows, int columns, Padding padding, Size2D outputPadding) = window.Onto(height, width);
        return Layer(operation, data, Layout.Of(outputs, rows, columns), outputs, biases => chain =>
        {
            var layer = new TransposedConvolution<T>(outputs, window.Kernel, window.Stride, padding, outputPadding, window.Dilation, groups, biases is not null, new Constant());
            Fill(operation, chain, layer, data.Layout.Shape, weight, biases);
        });
    }

    private static Value<T> Layer(Operation<T> operation, Value<T> data, Layout? layout, int outputs, Func<double[]?, Action<ChainBuilder<T>>> with)
    {
        double[]? bias = operation.Numbers(2, outputs);
        return operation.Layers(data, layout, with(bias), trait: bias is null ? new Biasable<T>(outputs, with) : null);
    }

    private static void Fill(Operation<T> operation, ChainBuilder<T> chain, ILayer<T> layer, Shape shape, Tensor weight, double[]? biases)
    {
        operation.Spend(16.0 * weight.Count);
        chain.Reshape(shape);
        chain.Add(layer);
        weight.Reals.CopyTo(layer.Parameters[0].Value);
        biases?.CopyTo(layer.Parameters[1].Value);
    }

    private static (Tensor Weight, WindowAttributes Window, int Groups) Weight(Operation<T> operation, int height, int width, ImagePadding? zeros)
    {
        GraphNode node = operation.Node;
        Tensor weight = operation.RequiredConstant(1);
        if (weight.Dimensions is not [> 0, > 0, var rows, var columns])
            throw node.Refuse($"expects a weight of channels, channels, height and width, found {weight}");
        Size2D kernel = node.Size("kernel_shape", (rows, columns));
        if (kernel != (rows, columns))
            throw node.Refuse($"names a kernel of {kernel} and has a weight {Excerpt.List(weight.Dimensions)}");
        long groups = node.Integer("group", 1);
        return groups is >= 1 and <= int.MaxValue
            ? (weight, new WindowAttributes(node, kernel, height, width, zeros), (int)groups)
            : throw node.Refuse($"has {groups} groups; expected is at least 1");
    }

    private static (int Channels, int Height, int Width) Image(Value<T> data) => (data.Layout.Dimensions[0], data.Layout.Dimensions[1], data.Layout.Dimensions[2]);

    /// <summary>The image that rows and columns were put around, and how many; the image itself and nothing if there are not any.</summary>
    public static (Value<T> Data, ImagePadding? Around) Unpadded(Value<T> data) => data.Producer is PartStep<T> { Trait: ImagePadding around } pad ? (pad.Inputs[0], around) : (data, null);

    private static Value<T> Pad(Operation<T> operation)
    {
        GraphNode node = operation.Node;
        Value<T> data = operation.OrderedData(rank: 3);
        long[] pads = node.Opset < 11 ? node.Integers("pads") ?? [] : operation.RequiredConstant(1).Integers ?? [];
        double value = node.Opset < 11 ? node.Number("value", 0) : operation.Scalar(2) ?? 0;
        string mode = node.Text("mode", "constant");
        if (mode != "constant" || value is not (0 or double.NegativeInfinity) || operation.Constant(3) is not null)
            throw node.Refuse("pads with other than zeros, or along named axes, which is not supported");
        if (pads is not [0, 0, >= 0 and <= int.MaxValue / 4 and var top, >= 0 and <= int.MaxValue / 4 and var left, 0, 0, >= 0 and <= int.MaxValue / 4 and var bottom, >= 0 and <= int.MaxValue / 4 and var right])
            throw node.Refuse($"pads by {Excerpt.List(pads)}; supported is around the height and the width");
        if (pads.All(pad => pad == 0))
            return data;
        (int channels, int height, int width) = Image(data);
        long rows = height + top + bottom, columns = width + left + right;
        Layout layout = rows <= int.MaxValue && columns <= int.MaxValue && Layout.Of(channels, (int)rows, (int)columns) is { } found ? found : throw node.Refuse("makes more numbers than fit into an array");
        return operation.Part(layout, "is supported before a convolution or pooling alone", [data], trait: new ImagePadding((int)top, (int)left, (int)bottom, (int)right, value == 0));
    }
}
