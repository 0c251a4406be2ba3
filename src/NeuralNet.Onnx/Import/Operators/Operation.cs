namespace NeuralNet.Onnx;

/// <summary>A node that makes data of data: what it reads, and the values that it can become.</summary>
internal sealed class Operation<T>(GraphNode node, Operand<T>[] operands, GraphTranslation<T> graph)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public GraphNode Node => node;

    public IReadOnlyList<Operand<T>> Operands => operands;

    public GraphTranslation<T> Graph => graph;

    /// <summary>The data that it reads; what comes first with most operators.</summary>
    public Value<T> Data(int index = 0) =>
        operands.ElementAtOrDefault(index).Value ?? throw node.Refuse($"expects the data as input {index}, found {Text(index)}");

    /// <summary>The layers that make the data, if nobody else reads it, so that they and this node may become one; else null: what others read has to stay.</summary>
    public LayerStep<T>? Before(Value<T> data)
    {
        int index = Array.FindIndex(operands, operand => operand.Value == data);
        return index >= 0 && graph.IsReadOnce(node.Inputs[index]) ? data.Producer as LayerStep<T> : null;
    }

    /// <summary>Data in the file's order and shape, for operators to which the first dimension is that of the channels.</summary>
    /// <param name="rank">How many dimensions a sample has; by default any number from 1 on.</param>
    public Value<T> OrderedData(int? rank = null)
    {
        Value<T> data = Data();
        Layout layout = data.Layout;
        if (layout.IsReordered || (rank is null ? layout.Dimensions.Length == 0 : layout.Dimensions.Length != rank))
            throw node.Refuse($"expects samples{(rank is null ? string.Empty : $" of {rank} dimensions")}, channels first, found {layout}{(layout.IsReordered ? ", channels last" : string.Empty)}");

        // An image of one channel or one pixel, which may be read either way: to this operator, its first dimension is the channels.
        return layout.HasChannelsLast ? Reshaped(data, layout.Dimensions) : data;
    }

    /// <summary>A constant input; null if it is left out.</summary>
    public Tensor? Constant(int index) =>
        operands.ElementAtOrDefault(index).Value is null ? operands.ElementAtOrDefault(index).Constant : throw node.Refuse($"expects a constant as input {index}, found computed data");

    public Tensor RequiredConstant(int index) => Constant(index) ?? throw node.Refuse($"expects a constant as input {index}, found {Text(index)}");

    /// <summary>A constant of so many numbers; null if it is left out.</summary>
    public double[]? Numbers(int index, int count) => Constant(index) is not { } constant ? null : constant.Count == count
        ? constant.Reals
        : throw node.Refuse($"expects {count} numbers as input {index}, found {constant}");

    public double[] RequiredNumbers(int index, int count) => Numbers(index, count) ?? throw node.Refuse($"expects {count} numbers as input {index}, found {Text(index)}");

    /// <summary>A single number; null if it is left out.</summary>
    public double? Scalar(int index) => Constant(index) is { } constant ? constant.Scalar ?? throw node.Refuse($"expects one number as input {index}, found {constant}") : null;

    /// <summary>What one layer, or several, make of data.</summary>
    public Value<T> Layers(Value<T> input, Layout? layout, Action<ChainBuilder<T>> add, string? kind = null, ITrait? trait = null)
    {
        if (input.IsIndex)
            throw node.Refuse("computes with whole numbers, which is not supported; a Cast to real numbers may come before");
        return graph.Create(layout ?? throw node.Refuse($"makes more numbers of {input.Layout} than fit into an array, or none"), new LayerStep<T>(node, kind ?? node.Operator, input, add, trait));
    }

    /// <summary>A part of something larger, which is refused if that is not found.</summary>
    public Value<T> Part(Layout layout, string refusal, Value<T>[] inputs, string? kind = null, ITrait? trait = null) =>
        graph.Create(layout, new PartStep<T>(node, kind ?? node.Operator, inputs, refusal, trait));

    /// <summary>The same numbers under other dimensions.</summary>
    public Value<T> Reshaped(Value<T> input, int[] dimensions)
    {
        Layout layout = dimensions.Length < Axes.MaxRank && input.Layout.With(dimensions) is { } found ? found : throw node.Refuse($"makes {Excerpt.List(dimensions)} of samples {input.Layout}, which no layer stands for");
        return graph.Create(layout, new LayerStep<T>(node, "Reshape", input, chain => chain.Reshape(layout.Shape)), input.IsIndex);
    }

    /// <summary>Takes memory, in bytes, for what a layer keeps besides its input and output.</summary>
    public void Spend(double bytes) => graph.Budget.Spend(bytes, node.Refuse);

    private string Text(int index) => operands.ElementAtOrDefault(index) switch
    {
        { Constant: { } constant } => constant.ToString(),
        { Value: { } value } => $"data {value.Layout}",
        _ => "nothing",
    };
}
