using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx;

/// <summary>What changes no number: other shapes, other orders, other types, and what does something in training alone; and data joined to data.</summary>
internal static class ShapeOperators<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static readonly Dictionary<string, Func<Operation<T>, Value<T>>> All = new()
    {
        ["Cast"] = Cast,
        ["Concat"] = Concat,
        ["Dropout"] = Dropout,
        ["Flatten"] = Flatten,
        ["Identity"] = operation => operation.Data(),
        ["Reshape"] = Reshape,
        ["Squeeze"] = Squeeze,
        ["Transpose"] = Transpose,
        ["Unsqueeze"] = Unsqueeze,
    };

    /// <summary>The kind of a step that is the mean of a whole sample.</summary>
    public const string SampleMean = "the mean of a sample";

    private static Value<T> Cast(Operation<T> operation)
    {
        Value<T> data = operation.Data();
        var type = (TensorProto.Types.DataType)operation.Node.Integer("to", 0);
        operation.Node.Integer("saturate", 1);
        if (TensorReader.IsReal(type))
        {
            if (!data.IsIndex)
                return data;
            return operation.Graph.TakesWholeNumbers
                ? operation.Graph.Create(data.Layout, NoLayer(operation, data))
                : throw operation.Node.Refuse($"casts to {type} what a cast to whole numbers cut off, which no layer does; supported is that of an input that is declared as whole numbers");
        }

        bool isWhole = type is TensorProto.Types.DataType.Int64 or TensorProto.Types.DataType.Int32;
        bool isInput = (data.From("Reshape")?.Inputs[0] ?? data).Producer is null;
        return isWhole && (data.IsIndex || isInput)
            ? data.IsIndex ? data : operation.Graph.Create(data.Layout, NoLayer(operation, data), isIndex: true)
            : throw operation.Node.Refuse($"casts to {type}; supported are real numbers, and whole ones of the input to look something up");
    }

    private static LayerStep<T> NoLayer(Operation<T> operation, Value<T> data) => new(operation.Node, "Cast", data, _ => { });

    private static Value<T> Dropout(Operation<T> operation)
    {
        double ratio = operation.Node.Opset < 12 ? operation.Node.Number("ratio", 0.5) : operation.Scalar(1) is { } number ? ((float)number).AsWritten() : 0.5;
        operation.Node.Integer("seed", 0);
        if (operation.Scalar(2) is not (null or 0))
            throw operation.Node.Refuse("is in training mode, which drops numbers in prediction too: export the network for inference");
        return operation.Layers(operation.Data(), operation.Data().Layout, chain => chain.Add(new Dropout<T>(ratio)));
    }

    private static Value<T> Flatten(Operation<T> operation)
    {
        Value<T> data = operation.Data();
        int[] sample = data.Layout.Dimensions;
        long axis = operation.Node.Integer("axis", 1);
        int first = axis == sample.Length + 1 ? sample.Length + 1 : Axes.Index(operation.Node, axis, sample.Length + 1);
        return first >= 1 && sample.Take(first - 1).All(dimension => dimension == 1)
            ? operation.Reshaped(data, [data.Layout.Size])
            : throw operation.Node.Refuse($"flattens {data.Layout} from axis {axis} on, which would make several samples of one; supported is 1");
    }

    private static Value<T> Reshape(Operation<T> operation)
    {
        GraphNode node = operation.Node;
        Value<T> data = operation.Data();
        long[] target = operation.RequiredConstant(1).Integers ?? throw node.Refuse("expects a shape of whole numbers");
        bool copies = !node.Flag("allowzero", false);
        int[] sample = data.Layout.Dimensions;
        long[] rest = [.. target.Skip(1).Select((dimension, i) => dimension == 0 && copies && i < sample.Length ? sample[i] : dimension)];
        bool keepsSamples = target is [var first, ..] && (first == Dimension.Samples || first == operation.Graph.SampleCount || (first == 0 && copies) || (first == -1 && !rest.Contains(-1)));
        if (!keepsSamples || Axes.Resolve(rest, data.Layout.Size) is not { } dimensions)
            throw node.Refuse($"gives {data.Layout} the shape {Excerpt.List(target)}, which would mix the samples or does not fit");
        return Groups(operation, data, dimensions) ?? operation.Reshaped(data, dimensions);
    }

    // Channels joined to groups, each of which is normalised as if it were a channel, and parted again; null if it is not so.
    private static Value<T>? Groups(Operation<T> operation, Value<T> data, int[] dimensions) =>
        data.Producer is LayerStep<T> { Trait: PlainInstances plain, Inputs: [var joined] } && joined.From("Reshape") is { Inputs: [{ Layout: { IsReordered: false, HasChannelsLast: false, Dimensions: [var channels, ..] } } origin] }
        && origin.Layout.Dimensions.SequenceEqual(dimensions) && channels % plain.Channels == 0
            ? NormalizationOperators<T>.Group(operation, origin, plain.Channels, plain.Epsilon)
            : null;

    private static Value<T> Squeeze(Operation<T> operation)
    {
        int[] sample = operation.Data().Layout.Dimensions;
        int[] all = Axes.Squeeze(operation.Node, [int.MaxValue, .. sample], operation.Constant(1));
        return all is [int.MaxValue, ..] ? operation.Reshaped(operation.Data(), all[1..]) : throw operation.Node.Refuse("takes away the axis of the samples");
    }

    private static Value<T> Unsqueeze(Operation<T> operation)
    {
        int[] sample = operation.Data().Layout.Dimensions;
        int[] all = Axes.Unsqueeze(operation.Node, [int.MaxValue, .. sample], operation.Constant(1));
        return all is [int.MaxValue, ..] ? operation.Reshaped(operation.Data(), all[1..]) : throw operation.Node.Refuse("puts an axis before that of the samples, which is not supported");
    }

    private static Value<T> Transpose(Operation<T> operation)
    {
        Value<T> data = operation.Data();
        int[] sample = data.Layout.Dimensions;
        int[] order = Axes.Permutation(operation.Node, sample.Length + 1);
        int[] dimensions = [.. order.Skip(1).Where(axis => axis > 0).Select(axis => sample[axis - 1])];
        int[] moved = [.. order.Skip(1).Where(axis => axis > 0 && sample[axis - 1] > 1)];
        Layout? layout = order switch
        {
            [0, 2, 3, 1] when !data.Layout.IsReordered => Layout.ChannelsLast(sample[0], sample[1], sample[2]),
            [0, 3, 1, 2] => data.Layout.ToChannelsFirst(),
            _ => null,
        };
        if (layout is not null)
            return operation.Graph.Create(layout, new LayerStep<T>(operation.Node, "Transpose", data, chain => chain.Reshape(layout.Shape)), data.IsIndex);
        return order[0] == 0 && moved.SequenceEqual(moved.Order())
            ? operation.Reshaped(data, dimensions)
            : throw operation.Node.Refuse($"puts the axes of {data.Layout} into the order {Excerpt.List(order)}; supported are those of images between channels first and channels last");
    }

    private static Value<T> Concat(Operation<T> operation)
    {
        GraphNode node = operation.Node;
        Value<T>[] inputs = [.. Enumerable.Range(0, operation.Operands.Count).Select(operation.Data)];
        Layout first = inputs[0].Layout;
        int axis = Axes.Index(node, node.Has("axis") ? node.Integer("axis", 1) : throw node.Refuse("has no axis"), first.Dimensions.Length + 1) - 1;
        bool haveChannelsLast = axis == 2 && Array.TrueForAll(inputs, input => input.Layout.HasChannelsLast);
        if (axis < 0 || inputs.Any(input => input.IsIndex || !SameBut(axis, input.Layout.Dimensions, first.Dimensions))
            || (!haveChannelsLast && (inputs.Any(input => input.Layout.IsReordered) || first.Dimensions.Take(axis).Any(dimension => dimension != 1))))
        {
            throw node.Refuse($"joins {string.Join(", ", inputs.Take(4).Select(input => input.Layout))} along axis {axis + 1}; supported are the channels, or the features of flat samples");
        }

        if (inputs.Length == 1)
            return inputs[0];
        long joined = inputs.Sum(input => (long)input.Layout.Dimensions[axis]);
        int[] dimensions = [.. first.Dimensions[..axis], (int)Math.Min(joined, int.MaxValue), .. first.Dimensions[(axis + 1)..]];
        if (Layout.Of(dimensions) is not { } layout)
            throw node.Refuse("makes more numbers than fit into an array");
        if (haveChannelsLast)
            layout = Layout.ChannelsLast(dimensions[2], dimensions[0], dimensions[1]);
        Value<T>[] branches = GoingOn(operation.Graph, inputs, axis);
        Shape[] shapes = Array.ConvertAll(branches, branch => haveChannelsLast ? branch.Layout.Shape : new Shape(branch.Layout.Dimensions.AsSpan(axis)));
        return operation.Graph.Concatenations[(inputs[0], axis)] = operation.Graph.Create(layout, new ConcatStep<T>(node, branches, inputs, shapes));
    }

    // A dense block joins all that came before, again and again: what begins as the latest joined values goes on from them.
    private static Value<T>[] GoingOn(GraphTranslation<T> graph, Value<T>[] inputs, int axis) =>
        graph.Concatenations.TryGetValue((inputs[0], axis), out Value<T>? latest) && latest.Producer is ConcatStep<T> { Joined: var joined } && joined.Length < inputs.Length && inputs.AsSpan(0, joined.Length).SequenceEqual(joined)
            ? [latest, .. inputs.Skip(joined.Length)]
            : inputs;

    private static bool SameBut(int axis, int[] dimensions, int[] others) =>
        dimensions.Length == others.Length && Enumerable.Range(0, dimensions.Length).All(i => i == axis || dimensions[i] == others[i]);
}
