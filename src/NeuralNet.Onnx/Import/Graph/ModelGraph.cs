using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx;

/// <summary>A model's graph, checked: every name stands for one thing, every input comes from somewhere, nothing goes in circles, and every initializer has the numbers that it claims.</summary>
internal sealed class ModelGraph
{
    public ModelGraph(ModelProto model)
    {
        GraphProto graph = model.Graph;
        int opset = ModelReader.Opset(model);
        foreach (TensorProto tensor in graph.Initializer)
        {
            TensorReader.Check(tensor, $"The initializer {Excerpt.Quote(tensor.Name)}");
            if (!Initializers.TryAdd(tensor.Name, tensor))
                throw new InvalidDataException($"Two initializers have the name {Excerpt.Quote(tensor.Name)}.");
        }

        // Before version 4 of the format, initializers stood among the inputs.
        ValueInfoProto[] inputs = [.. graph.Input.Where(input => !Initializers.ContainsKey(input.Name))];
        Input = inputs is [var single] ? single : throw new InvalidDataException($"Expected a graph with one input, found {inputs.Length}{Names(inputs)}.");
        Output = graph.Output is [var result] ? result.Name : throw new InvalidDataException($"Expected a graph with one output, found {graph.Output.Count}{Names(graph.Output)}.");
        Nodes = NodeOrder.Sort([.. graph.Node.Select(node => new GraphNode(node, opset))], [Input.Name, .. Initializers.Keys], Output);
    }

    public Dictionary<string, TensorProto> Initializers { get; } = [];

    public ValueInfoProto Input { get; }

    public string Output { get; }

    /// <summary>The nodes, each behind those it reads from.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }

    private static string Names(IReadOnlyCollection<ValueInfoProto> values) =>
        values.Count == 0 ? string.Empty : $": {string.Join(", ", values.Take(5).Select(value => Excerpt.Quote(value.Name)))}{(values.Count > 5 ? ", …" : string.Empty)}";
}
