using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx;

/// <summary>The graph of a model that is being written: nodes in order, initializers, and every name once.</summary>
internal sealed class OnnxGraph
{
    public const string Input = "input", Output = "output";

    private readonly GraphProto graph = new() { Name = "network" };
    private readonly HashSet<string> values = [Input, Output];
    private readonly Dictionary<string, TensorProto> initializers = [];

    /// <summary>Whether a value is the graph's input, the output of a node, or an initializer.</summary>
    public bool Has(string value) => (value != Output && values.Contains(value)) || initializers.ContainsKey(value);

    /// <summary>Adds a node with one output, named alike: so, or with a number behind where there is one already.</summary>
    public NodeProto Add(string name, string operation, ReadOnlySpan<string> inputs)
    {
        string unique = name;
        for (int i = 2; Has(unique); i++)
            unique = $"{name}.{i}";
        values.Add(unique);
        var node = new NodeProto { Name = unique, OpType = operation, Output = { unique } };
        foreach (string input in inputs)
        {
            ArgumentNullException.ThrowIfNull(input, nameof(inputs));
            if (input.Length > 0 && !Has(input))
                throw new ArgumentException($"{unique} is given '{input}', which is the output of no node before it.");
            node.Input.Add(input);
        }

        graph.Node.Add(node);
        return node;
    }

    /// <summary>Adds an initializer, once if the same one is added again.</summary>
    /// <returns>Its name.</returns>
    public string AddInitializer(TensorProto tensor)
    {
        if (values.Contains(tensor.Name) || (initializers.TryGetValue(tensor.Name, out TensorProto? other) && !other.Equals(tensor)))
            throw new ArgumentException($"The graph has another '{tensor.Name}' already.");
        if (initializers.TryAdd(tensor.Name, tensor))
            graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Gives the output of a node another name, in the nodes among which it is made and used.</summary>
    public void Rename(IEnumerable<NodeProto> nodes, string value, string name)
    {
        values.Remove(value);
        values.Add(name);
        foreach (NodeProto node in nodes)
        {
            if (node.Output[0] == value)
                node.Output[0] = name;
            for (int i = 0; i < node.Input.Count; i++)
            {
                if (node.Input[i] == value)
                    node.Input[i] = name;
            }
        }
    }

    /// <summary>Declares the graph's input and its output, a value that is in it.</summary>
    public GraphProto Finish(Shape inputShape, OnnxValue output)
    {
        if (output.Name == Input)
            output = output with { Name = Add("Identity", "Identity", [Input]).Output[0] };
        Rename(graph.Node, output.Name, Output);
        graph.Input.Add(Declaration(Input, inputShape));
        graph.Output.Add(Declaration(Output, output.Shape));
        return graph;
    }

    private static ValueInfoProto Declaration(string name, Shape sample)
    {
        var shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "N" } } };
        foreach (int dimension in sample.Dimensions)
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = dimension });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape } } };
    }
}
