using NeuralNet.Onnx.Schema;
using DataType = NeuralNet.Onnx.Schema.TensorProto.Types.DataType;

namespace NeuralNet.Onnx;

/// <summary>Goes through a graph in order: what depends on no data is computed, what makes data of data becomes a step.</summary>
internal sealed class GraphTranslation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const long MostNumbersOfSample = 1 << 28;

    private readonly ModelGraph graph;
    private readonly MemoryBudget budget;
    private readonly ConstantFolding folding;
    private readonly Dictionary<string, Tensor> constants = [];
    private readonly Dictionary<string, Value<T>> values = [];
    private readonly HashSet<string> live;
    private readonly Dictionary<string, int> readers = [];
    private long numbersOfSample;
    private int nextIndex;

    public GraphTranslation(ModelGraph graph, MemoryBudget budget)
    {
        (this.graph, this.budget, folding) = (graph, budget, new ConstantFolding(budget));
        live = Live(graph);
        foreach (string input in graph.Nodes.Where(node => node.Outputs.Any(live.Contains)).SelectMany(node => node.Inputs))
            readers[input] = readers.GetValueOrDefault(input) + 1;
    }

    /// <summary>Whether but one input of one node reads it.</summary>
    public bool IsReadOnce(string name) => readers.GetValueOrDefault(name) == 1;

    /// <summary>The number of samples, where the file fixes it: the first dimension of shapes that are written in it.</summary>
    public long? SampleCount { get; private set; }

    public MemoryBudget Budget => budget;

    /// <summary>Whether the graph's input is declared as whole numbers.</summary>
    public bool TakesWholeNumbers => values[graph.Input.Name].IsIndex;

    /// <summary>The latest concatenation that begins with a value, along an axis of its samples.</summary>
    public Dictionary<(Value<T> First, int Axis), Value<T>> Concatenations { get; } = [];

    /// <summary>Translates the graph.</summary>
    /// <returns>The output, with the steps that lead to it.</returns>
    public Value<T> Run()
    {
        values[graph.Input.Name] = Input();
        foreach (GraphNode node in graph.Nodes.Where(node => node.Outputs.Any(live.Contains)))
        {
            Translate(node);
            node.CheckAllAsked();
        }

        return values.GetValueOrDefault(graph.Output)
            ?? throw new InvalidDataException($"The graph's output {Excerpt.Quote(graph.Output)} does not depend on its input, or is not the first output of its node.");
    }

    public Value<T> Create(Layout layout, Step<T> producer, bool isIndex = false)
    {
        // What layers work with is allocated when there are samples; a file that claims more than any machine has for one is not worth beginning.
        if ((numbersOfSample += layout.Size) > MostNumbersOfSample)
            throw producer.Node.Refuse($"makes one sample more than {MostNumbersOfSample} numbers, all layers up to it together; that is the most that is supported");
        return new(nextIndex++, layout, producer, isIndex);
    }

    private static HashSet<string> Live(ModelGraph graph)
    {
        var live = new HashSet<string> { graph.Output };
        foreach (GraphNode node in graph.Nodes.Reverse())
        {
            if (node.Outputs.Any(live.Contains))
                live.UnionWith(node.Inputs);
        }

        live.Remove(string.Empty);
        return live;
    }

    private void Translate(GraphNode node)
    {
        if (node.Operator == "Constant")
        {
            constants[node.Outputs[0]] = ConstantFolding.Constant(node);
            return;
        }

        Operand<T>[] operands = Array.ConvertAll(node.Inputs, name => Find(node, name));
        if (operands.All(operand => operand.Value is null))
            constants[node.Outputs[0]] = folding.Fold(node, [.. operands.Select((operand, i) => operand.Constant ?? throw node.Refuse($"computes a constant and leaves out input {i}"))]);
        else if (node.Operator == "Shape" && operands is [{ Value: { } data }])
            constants[node.Outputs[0]] = ConstantFolding.Shape(node, [Dimension.Samples, .. data.Layout.Dimensions.Select(dimension => (long)dimension)]);
        else
            values[node.Outputs[0]] = OperatorTable<T>.Translate(new Operation<T>(node, operands, this));
    }

    private Operand<T> Find(GraphNode node, string name)
    {
        if (name.Length == 0)
            return default;
        if (values.TryGetValue(name, out Value<T>? value))
            return new(null, value);
        if (constants.TryGetValue(name, out Tensor? constant))
            return new(constant, null);
        if (!graph.Initializers.TryGetValue(name, out TensorProto? initializer))
            throw node.Refuse($"reads {Excerpt.Quote(name)}, a further output of its node, which is not supported");

        // Whole numbers are kept as real ones too, once a layer asks for them.
        double bytesEach = TensorReader.IsReal((DataType)initializer.DataType) ? sizeof(double) : sizeof(long) + sizeof(double);
        budget.Spend(bytesEach * TensorReader.Check(initializer, "An initializer"), node.Refuse);
        return new(constants[name] = TensorReader.Read(initializer, $"The initializer {Excerpt.Quote(name)}"), null);
    }

    private Value<T> Input()
    {
        string what = $"The graph's input {Excerpt.Quote(graph.Input.Name)}";
        TypeProto.Types.Tensor? type = graph.Input.Type?.TensorType;
        if (type?.Shape is null)
            throw new InvalidDataException($"{what} has no shape; a network needs that of a sample.");
        TensorShapeProto.Types.Dimension[] dimensions = [.. type.Shape.Dim];
        if (dimensions.Length is < 2 or > Axes.MaxRank)
            throw new InvalidDataException($"{what} has {dimensions.Length} dimensions; expected are the samples and, behind them, 1 to {Axes.MaxRank - 1} of a sample.");
        if (dimensions[0].HasDimValue)
            SampleCount = dimensions[0].DimValue >= 1 ? dimensions[0].DimValue : throw new InvalidDataException($"{what} is for {dimensions[0].DimValue} samples.");
        int[] sample = [.. dimensions.Skip(1).Select((dimension, i) => dimension.HasDimValue && dimension.DimValue is >= 1 and <= int.MaxValue
            ? (int)dimension.DimValue
            : throw new InvalidDataException($"{what} has the dimension {(dimension.HasDimValue ? dimension.DimValue : dimension.HasDimParam ? Excerpt.Quote(dimension.DimParam) : "unknown")} at axis {i + 1}; a network needs a number of at least 1."))];
        if (Layout.Of(sample) is not { } layout)
            throw new InvalidDataException($"{what} has samples of {Excerpt.List(sample)} numbers, more than fit into an array.");
        if (sample.Length == 3 && ImageOrder.IsTransposedToChannelsFirst(graph))
            layout = Layout.ChannelsLast(channels: sample[2], height: sample[0], width: sample[1]);
        return new(nextIndex++, layout, null, IsIndex((DataType)type.ElemType, what));
    }

    private static bool IsIndex(DataType type, string what) => type switch
    {
        DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16 => false,
        DataType.Int64 or DataType.Int32 or DataType.Int16 or DataType.Int8 or DataType.Uint8 or DataType.Uint16 or DataType.Uint32 or DataType.Uint64 => true,
        _ => throw new InvalidDataException($"{what} is of the type {type}; expected are real or whole numbers."),
    };
}
