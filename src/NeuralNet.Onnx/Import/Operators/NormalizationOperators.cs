namespace NeuralNet.Onnx;

/// <summary>Normalisations, over the batch, over a sample, and over groups of its channels.</summary>
internal static class NormalizationOperators<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static readonly Dictionary<string, Func<Operation<T>, Value<T>>> All = new()
    {
        ["BatchNormalization"] = Batch,
        ["InstanceNormalization"] = Instance,
        ["LayerNormalization"] = Layer,
    };

    /// <summary>A layer normalisation, whose weight and bias may follow.</summary>
    public static Value<T> Layer(Operation<T> operation, Value<T> data, double epsilon, double[]? weight, double[]? bias)
    {
        Shape shape = data.Layout.Shape;
        return Sample(operation, data, shape, shape.Size, weight, bias, isAffine => new LayerNormalization<T>(epsilon, isAffine), nameof(LayerNormalization<>));
    }

    /// <summary>A normalisation over groups of channels, whose weight and bias may follow.</summary>
    public static Value<T> Group(Operation<T> operation, Value<T> data, int groups, double epsilon) => Group(operation, data, groups, epsilon, null, null, null);

    private static Value<T> Group(Operation<T> operation, Value<T> data, int groups, double epsilon, double[]? weight, double[]? bias, ITrait? trait)
    {
        Shape shape = data.Layout.Shape;
        return Sample(operation, data, shape, shape[0], weight, bias, isAffine => new GroupNormalization<T>(groups, epsilon, isAffine), nameof(GroupNormalization<>), trait);
    }

    private static Value<T> Batch(Operation<T> operation)
    {
        GraphNode node = operation.Node;
        Value<T> data = operation.OrderedData();

        // Before version 14 of the operators, a node that makes the batch's statistics too is in training mode.
        if (node.Flag("training_mode", false) || (node.Opset < 14 && node.Outputs.Skip(1).Any(output => output.Length > 0)))
            throw node.Refuse("is in training mode, which predicts by the batch: export the network for inference");
        if (!node.Flag("spatial", true))
            throw node.Refuse("has statistics for each place, which is not supported");
        (double epsilon, double kept) = (node.Number("epsilon", 1e-5), node.Number("momentum", 0.9));
        if (kept is not (>= 0 and <= 1))
            throw node.Refuse($"expects a momentum from 0 to 1, found {kept}");
        int channels = data.Layout.Dimensions[0];
        double[][] numbers = [.. Enumerable.Range(1, 4).Select(i => operation.RequiredNumbers(i, channels))];
        return operation.Layers(data, data.Layout, chain =>
        {
            chain.Reshape(data.Layout.Shape);
            operation.Spend(64.0 * channels);

            // Their momentum is what stays of the running statistics, ours what comes in.
            BatchNormalization<T> layer = chain.Add(new BatchNormalization<T>(epsilon, (double)(1 - (decimal)kept)));
            numbers[0].CopyTo(layer.Parameters[0].Value);
            numbers[1].CopyTo(layer.Parameters[1].Value);
            numbers[2].CopyTo(layer.States[0].Value);
            numbers[3].CopyTo(layer.States[1].Value);
        });
    }

    private static Value<T> Instance(Operation<T> operation)
    {
        Value<T> data = operation.OrderedData();
        int channels = data.Layout.Dimensions[0];
        double epsilon = operation.Node.Number("epsilon", 1e-5);
        (double[] weight, double[] bias) = (operation.RequiredNumbers(1, channels), operation.RequiredNumbers(2, channels));
        bool isPlain = Array.TrueForAll(weight, value => value == 1) && Array.TrueForAll(bias, value => value == 0);
        return Group(operation, data, channels, epsilon, weight, bias, isPlain ? new PlainInstances(channels, epsilon) : null);
    }

    private static Value<T> Layer(Operation<T> operation)
    {
        Value<T> data = operation.Data();
        Layout layout = data.Layout;
        int axis = Axes.Index(operation.Node, operation.Node.Integer("axis", -1), layout.Dimensions.Length + 1);
        if (axis == 0 || layout.Dimensions.Take(axis - 1).Any(dimension => dimension != 1))
            throw operation.Node.Refuse($"is from axis {axis} of {layout} on; supported is all of a sample");
        operation.Node.Integer("stash_type", 1);
        return Layer(operation, data, operation.Node.Number("epsilon", 1e-5), InRow(operation.RequiredNumbers(1, layout.Size)), operation.Numbers(2, layout.Size) is { } bias ? InRow(bias) : null);

        double[] InRow(double[] numbers) => layout.IsReordered ? Array.ConvertAll(layout.RowOrder(), index => numbers[index]) : numbers;
    }

    private static Value<T> Sample(
        Operation<T> operation, Value<T> data, Shape shape, int count, double[]? weight, double[]? bias, Func<bool, ILayer<T>> create, string kind, ITrait? trait = null)
    {
        return operation.Layers(data, data.Layout, With(weight, bias), kind, trait ?? (weight is null && bias is null ? new Normalizing<T>(count, null, With) : null));

        Action<ChainBuilder<T>> With(double[]? weights, double[]? biases) => chain =>
        {
            chain.Reshape(shape);
            operation.Spend(32.0 * count);
            ILayer<T> layer = chain.Add(create(weights is not null || biases is not null));
            weights?.CopyTo(layer.Parameters[0].Value);
            biases?.CopyTo(layer.Parameters[1].Value);
        };
    }
}
