using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx;

/// <summary>A layer on its way into an ONNX graph: what it is, and the means to add its nodes.</summary>
public sealed class OnnxLayer
{
    private readonly OnnxGraph graph;
    private readonly string name;
    private readonly IReadOnlyDictionary<string, OnnxWeight> weights;
    private readonly Func<int, OnnxValue, OnnxValue> writeChild;
    private readonly List<NodeProto> nodes = [];

    /// <param name="graph">The graph.</param>
    /// <param name="path">The layer's path in the network, <c>2.0</c>.</param>
    /// <param name="description">What it is.</param>
    /// <param name="input">What it is given.</param>
    /// <param name="outputShape">The shape of one sample of what it gives.</param>
    /// <param name="weights">Its parameters and states by the names that it gave them.</param>
    /// <param name="writeChild">Adds one of its children, fed by a value.</param>
    internal OnnxLayer(
        OnnxGraph graph,
        string path,
        LayerDescription description,
        OnnxValue input,
        Shape outputShape,
        IReadOnlyDictionary<string, OnnxWeight> weights,
        Func<int, OnnxValue, OnnxValue> writeChild)
    {
        (this.graph, this.weights, this.writeChild) = (graph, weights, writeChild);
        (Description, Input, InputShape, OutputShape) = (description, input.Name, input.Shape, outputShape);
        name = $"{path}.{description.Kind}";
    }

    /// <summary>The layer's kind and hyperparameters.</summary>
    public LayerDescription Description { get; }

    /// <summary>The name of what the layer is given, <c>[N, ...]</c> of <see cref="InputShape"/>.</summary>
    public string Input { get; }

    /// <summary>The shape of one sample of the input.</summary>
    public Shape InputShape { get; }

    /// <summary>The shape of one sample of the output.</summary>
    public Shape OutputShape { get; }

    /// <summary>Adds a node with one output.</summary>
    /// <param name="operation">An operator of ONNX, up to opset 17: <c>Gemm</c>.</param>
    /// <param name="inputs">The names of its inputs; an empty one stands for an input that is left out.</param>
    /// <returns>The node, to be given attributes.</returns>
    public OnnxNode Node(string operation, params ReadOnlySpan<string> inputs)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        NodeProto node = graph.Add($"{name}.{operation}", operation, inputs);
        nodes.Add(node);
        return new OnnxNode(node);
    }

    /// <summary>A parameter or state of the layer as an initializer of the graph, named as in the network.</summary>
    /// <param name="weight">The name that the layer gave it: <c>weight</c>, <c>running_mean</c>.</param>
    /// <param name="shape">Another shape of as many numbers; by default its own.</param>
    /// <returns>The initializer's name: <c>0.weight</c>.</returns>
    /// <exception cref="ArgumentException">The layer has no such parameter or state, or the shape has not as many numbers.</exception>
    public string Weight(string weight, Shape? shape = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(weight);
        if (!weights.TryGetValue(weight, out OnnxWeight? found))
            throw new ArgumentException($"{name} has no parameter or state {weight}; it has {(weights.Count == 0 ? "none" : string.Join(", ", weights.Keys))}.", nameof(weight));
        shape ??= found.Shape;
        if (shape.Size != found.Shape.Size)
            throw new ArgumentException($"{found.Name} holds {found.Shape.Size} numbers, got the shape {shape} of {shape.Size}.", nameof(shape));
        return graph.AddInitializer(Tensors.Of(found.Name, shape, found.Numbers()));
    }

    /// <summary>Adds a constant number, a scalar.</summary>
    /// <param name="constant">What it is, to name it by.</param>
    /// <param name="value">The number.</param>
    /// <returns>Its name.</returns>
    /// <exception cref="NotSupportedException">The number is larger than any float.</exception>
    public string Number(string constant, double value) => Numbers(constant, shape: null, value);

    /// <summary>Adds constant numbers.</summary>
    /// <param name="constant">What they are, to name them by.</param>
    /// <param name="shape">Their shape; null for a scalar.</param>
    /// <param name="values">The numbers, row by row; or one number for all of them.</param>
    /// <returns>Their name.</returns>
    /// <exception cref="ArgumentException">There are neither as many numbers as the shape holds nor one.</exception>
    /// <exception cref="NotSupportedException">A number is larger than any float.</exception>
    public string Numbers(string constant, Shape? shape, params ReadOnlySpan<double> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(constant);
        string named = $"{name}.{constant}";
        int size = shape?.Size ?? 1;
        if (values.Length != size && values.Length != 1)
            throw new ArgumentException($"{named} expects {size} numbers or one for all, got {values.Length}.", nameof(values));
        float[] numbers = Singles.Of(values, named);
        if (numbers.Length < size)
            numbers = [.. Enumerable.Repeat(numbers[0], size)];
        return graph.AddInitializer(Tensors.Of(named, shape, numbers));
    }

    /// <summary>Adds constant whole numbers, a list of 64-bit integers.</summary>
    /// <param name="constant">What they are, to name them by.</param>
    /// <param name="values">The numbers.</param>
    /// <returns>Their name.</returns>
    public string Integers(string constant, params ReadOnlySpan<long> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(constant);
        return graph.AddInitializer(Tensors.Of($"{name}.{constant}", values));
    }

    /// <summary>The layer's place and description.</summary>
    /// <returns>For example <c>0.Affine</c>.</returns>
    public override string ToString() => name;

    /// <summary>Adds a composite's child, fed by a value.</summary>
    internal OnnxValue Child(int index, OnnxValue input) => writeChild(index, input);

    /// <summary>Names the layer's result, and the node that makes it, after the layer.</summary>
    internal OnnxValue Finish(string output)
    {
        if (!graph.Has(output))
            throw new InvalidOperationException($"The ONNX form of {name} returns '{output}', which is the output of no node.");
        if (nodes.Find(node => node.Output[0] == output) is not { } result)
            return new OnnxValue(output, OutputShape);
        graph.Rename(nodes, output, name);
        result.Name = name;
        return new OnnxValue(name, OutputShape);
    }
}
