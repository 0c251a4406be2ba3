using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx;

/// <summary>Walks through a network's layers and adds each to a graph.</summary>
internal sealed class NetworkExport<T>(Network<T> network)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly OnnxGraph graph = new();

    public GraphProto Write()
    {
        var value = new OnnxValue(OnnxGraph.Input, network.InputShape);
        foreach ((int i, ILayer<T> layer) in network.Layers.Index())
            value = Write(layer, $"{i}", value);
        return graph.Finish(network.InputShape, value);
    }

    private OnnxValue Write(ILayer<T> layer, string path, OnnxValue input)
    {
        LayerDescription description = layer.Describe();
        if (ExportTable.Find(description.Kind) is not { } export)
        {
            throw new NotSupportedException(
                $"Layer {path} {description} has no ONNX form. Give its kind one, once at start: OnnxExport.Register(\"{description.Kind}\", layer => ...).");
        }

        // A custom layer whose type has the name of one of the library's may compute something else.
        if (ExportTable.BuiltIn.ContainsKey(description.Kind) && layer.GetType().Assembly != typeof(Network).Assembly)
        {
            throw new NotSupportedException(
                $"Layer {path} {description} is no {description.Kind} of the library's but a {layer.GetType()}, so that its ONNX form is not known. Let its Describe give a kind of its own, and give that kind a form: OnnxExport.Register.");
        }

        var place = new OnnxLayer(
            graph, path, description, input, network.OutputShapeOf(layer), Weights(layer, path), (index, value) => Write(layer.Children[index], $"{path}.{index}", value));
        return place.Finish(export(place));
    }

    // By the names that the layer gave them, without the path that the network put before.
    private static Dictionary<string, OnnxWeight> Weights(ILayer<T> layer, string path) =>
        layer.Parameters.Select(parameter => new OnnxWeight(parameter.Name, parameter.Shape, () => Numbers(parameter.Name, parameter.Value)))
            .Concat(layer.States.Select(state => new OnnxWeight(state.Name, state.Shape, () => Numbers(state.Name, state.Value))))
            .ToDictionary(weight => weight.Name[(path.Length + 1)..]);

    // The columns of a weight are the rows of ONNX's.
    private static float[] Numbers(string name, Matrix<T> value)
    {
        T[] values = value.AsColumnMajorArray() ?? value.ToColumnMajorArray();
        return values as float[] ?? Singles.Of<T>(values, name);
    }
}
