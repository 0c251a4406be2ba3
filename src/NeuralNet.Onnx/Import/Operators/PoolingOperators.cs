namespace NeuralNet.Onnx;

/// <summary>What makes one number of a window, or of a whole channel.</summary>
internal static class PoolingOperators<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Of these no number is below zero, so that zeros around them are never the largest alone.
    private static readonly string[] NotNegative = ["Exp", "Relu", "Relu6", "Sigmoid", "Softplus"];

    public static readonly Dictionary<string, Func<Operation<T>, Value<T>>> All = new()
    {
        ["AveragePool"] = Average,
        ["GlobalAveragePool"] = operation => GlobalAverage(operation, operation.OrderedData(rank: 3), Layout.Of(operation.Data().Layout.Dimensions[0], 1, 1)),
        ["GlobalMaxPool"] = GlobalMax,
        ["MaxPool"] = Max,
        ["ReduceMean"] = Mean,
    };

    private static Value<T> Max(Operation<T> operation)
    {
        GraphNode node = operation.Node;
        (Value<T> data, ImagePadding? around) = ConvolutionOperators<T>.Unpadded(operation.OrderedData(rank: 3));
        if (around is { IsZero: true } && !NotNegative.Contains(data.Producer?.Kind))
            throw node.Refuse("has zeros put around its image, which could be the largest; supported is that behind a Relu alone");

        // In which order indices are counted; there are none.
        node.Integer("storage_order", 0);
        return Window(operation, data, around, (window, padding) => new MaxPooling<T>(window.Kernel, window.Stride, padding, window.Dilation));
    }

    private static Value<T> Average(Operation<T> operation)
    {
        (Value<T> data, ImagePadding? zeros) = ConvolutionOperators<T>.Unpadded(operation.OrderedData(rank: 3));
        if (zeros is { IsZero: false })
            throw operation.Node.Refuse("has other than zeros put around its image, which is not supported");
        bool countsPadding = operation.Node.Flag("count_include_pad", false);
        return Window(operation, data, zeros, (window, padding) =>
        {
            if (window.Dilation != 1)
                throw operation.Node.Refuse("has dilations, which are not supported");
            return new AveragePooling<T>(window.Kernel, window.Stride, padding, countsPadding || zeros is not null);
        }, mayMix: countsPadding);
    }

    // Zeros that were put around an image always count; padding of the operator's own may not.
    private static Value<T> Window(Operation<T> operation, Value<T> data, ImagePadding? around, Func<WindowAttributes, Padding, ILayer<T>> create, bool mayMix = true)
    {
        GraphNode node = operation.Node;
        (int channels, int height, int width) = (data.Layout.Dimensions[0], data.Layout.Dimensions[1], data.Layout.Dimensions[2]);
        Size2D kernel = node.Has("kernel_shape") ? node.Size("kernel_shape", 1) : throw node.Refuse("has no kernel_shape");
        var window = new WindowAttributes(node, kernel, height, width, around);
        if (around is not null && !mayMix && window.HasOwnPadding)
            throw node.Refuse("has padding that does not count around zeros that do, which is not supported");
        (int rows, int columns, Padding padding) = window.Over(height, width);
        return operation.Layers(data, Layout.Of(channels, rows, columns), chain =>
        {
            chain.Reshape(data.Layout.Shape);
            chain.Add(create(window, padding));
        });
    }

    private static Value<T> GlobalMax(Operation<T> operation)
    {
        Value<T> data = operation.OrderedData(rank: 3);
        (int channels, int height, int width) = (data.Layout.Dimensions[0], data.Layout.Dimensions[1], data.Layout.Dimensions[2]);
        return operation.Layers(data, Layout.Of(channels, 1, 1), chain =>
        {
            chain.Reshape(data.Layout.Shape);
            chain.Add(new MaxPooling<T>((height, width)));
        });
    }

    private static Value<T> GlobalAverage(Operation<T> operation, Value<T> data, Layout? layout) => operation.Layers(data, layout, chain =>
    {
        chain.Reshape(data.Layout.Shape);
        chain.Add(new GlobalAveragePooling<T>());
    });

    // Over the height and the width, or over all of a sample, which alone is part of a normalisation.
    private static Value<T> Mean(Operation<T> operation)
    {
        GraphNode node = operation.Node;
        Value<T> data = operation.Data();
        int[] sample = data.Layout.Dimensions;
        int rank = sample.Length + 1;
        int[] axes = Axes.Of(node, rank, node.Opset < 18 ? null : operation.Constant(1)) ?? [.. Enumerable.Range(0, rank)];
        bool keeps = node.Flag("keepdims", true);
        bool doesNothing = node.Flag("noop_with_empty_axes", false) && axes.Length == rank;
        if (doesNothing || axes.Contains(0))
            throw node.Refuse($"takes the mean over the axes {Excerpt.List(axes)} of {data.Layout}, that of the samples among them, which is not supported");
        Layout layout = Layout.Of([.. sample.Select((dimension, i) => axes.Contains(i + 1) ? keeps ? 1 : 0 : dimension).Where(dimension => dimension != 0)])!;
        if (sample.Length == 3 && axes.Length == 2 && data.Layout.ChannelAxis is { } channelAxis && !axes.Contains(channelAxis + 1))
            return GlobalAverage(operation, data, layout);
        return operation.Part(
            layout,
            $"takes the mean over the axes {Excerpt.List(axes)} of {data.Layout}; supported are the height and the width",
            [data],
            data.Layout.Size == sample.Where((_, i) => axes.Contains(i + 1)).Aggregate(1L, (product, dimension) => product * dimension) ? ShapeOperators<T>.SampleMean : "ReduceMean");
    }
}
