using Google.Protobuf;
using NeuralNet.Onnx.Schema;
using AttributeType = NeuralNet.Onnx.Schema.AttributeProto.Types.AttributeType;

namespace NeuralNet.Onnx;

/// <summary>A node of an ONNX graph.</summary>
public sealed class OnnxNode
{
    private readonly NodeProto node;

    internal OnnxNode(NodeProto node) => this.node = node;

    /// <summary>The name of its output, to be the input of others.</summary>
    public string Output => node.Output[0];

    /// <summary>Gives the node an attribute: a whole number, or 0 and 1 for a truth value.</summary>
    /// <param name="attribute">The attribute's name: <c>axis</c>.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The node.</returns>
    public OnnxNode With(string attribute, long value) => Add(new AttributeProto { Name = attribute, Type = AttributeType.Int, I = value });

    /// <summary>Gives the node an attribute: a number.</summary>
    /// <inheritdoc cref="With(string, long)"/>
    /// <exception cref="NotSupportedException">The number is larger than any float.</exception>
    public OnnxNode With(string attribute, double value) =>
        Add(new AttributeProto { Name = attribute, Type = AttributeType.Float, F = Singles.Of([value], $"{attribute} of {node.Name}")[0] });

    /// <summary>Gives the node an attribute: a text.</summary>
    /// <inheritdoc cref="With(string, long)"/>
    public OnnxNode With(string attribute, string value) => Add(new AttributeProto { Name = attribute, Type = AttributeType.String, S = ByteString.CopyFromUtf8(value) });

    /// <summary>Gives the node an attribute: a list of whole numbers.</summary>
    /// <inheritdoc cref="With(string, long)"/>
    public OnnxNode With(string attribute, ReadOnlySpan<long> value)
    {
        var list = new AttributeProto { Name = attribute, Type = AttributeType.Ints };
        foreach (long number in value)
            list.Ints.Add(number);
        return Add(list);
    }

    private OnnxNode Add(AttributeProto attribute)
    {
        ArgumentException.ThrowIfNullOrEmpty(attribute.Name, nameof(attribute));
        node.Attribute.Add(attribute);
        return this;
    }
}
