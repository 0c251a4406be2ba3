using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx;

/// <summary>A node of the graph, with its attributes by name. It remembers which were asked for: one that nobody knows would change the node's meaning.</summary>
internal sealed class GraphNode
{
    private readonly Dictionary<string, AttributeProto> attributes = [];
    private readonly HashSet<string> asked = [];

    public GraphNode(NodeProto node, int opset)
    {
        (Operator, Name, Opset) = (node.OpType, node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault() ?? string.Empty, opset);
        (Inputs, Outputs) = ([.. node.Input], [.. node.Output]);
        if (!IsStandard(node.Domain))
            throw Refuse($"is of the domain {Excerpt.Quote(node.Domain)}; supported are the standard operators");
        foreach (AttributeProto attribute in node.Attribute)
        {
            if (!attributes.TryAdd(attribute.Name, attribute))
                throw Refuse($"has the attribute {Excerpt.Quote(attribute.Name)} twice");
        }
    }

    public string Operator { get; }

    public string Name { get; }

    public int Opset { get; }

    public string[] Inputs { get; }

    public string[] Outputs { get; }

    public static bool IsStandard(string domain) => domain is "" or "ai.onnx";

    public bool Has(string attribute) => attributes.ContainsKey(attribute);

    public long Integer(string name, long otherwise) => Find(name, AttributeProto.Types.AttributeType.Int, attribute => attribute.HasI)?.I ?? otherwise;

    public bool Flag(string name, bool otherwise) => Integer(name, otherwise ? 1 : 0) switch
    {
        0 => false,
        1 => true,
        var other => throw Refuse($"expects the attribute {name} to be 0 or 1, found {other}"),
    };

    /// <summary>A number as it was meant: 0.1, not the double nearest to the float nearest to 0.1.</summary>
    public double Number(string name, double otherwise) => Find(name, AttributeProto.Types.AttributeType.Float, attribute => attribute.HasF)?.F.AsWritten() ?? otherwise;

    public string Text(string name, string otherwise) => Find(name, AttributeProto.Types.AttributeType.String, attribute => attribute.HasS)?.S.ToStringUtf8() ?? otherwise;

    public long[]? Integers(string name) => Find(name, AttributeProto.Types.AttributeType.Ints, attribute => attribute.Ints.Count > 0) is { } found ? [.. found.Ints] : null;

    public float[]? Numbers(string name) => Find(name, AttributeProto.Types.AttributeType.Floats, attribute => attribute.Floats.Count > 0) is { } found ? [.. found.Floats] : null;

    public TensorProto? Tensor(string name) => Find(name, AttributeProto.Types.AttributeType.Tensor, attribute => attribute.T is not null)?.T;

    /// <summary>Two numbers, of the height and the width.</summary>
    public Size2D Size(string name, Size2D otherwise) => Integers(name) switch
    {
        null => otherwise,
        [>= 0 and <= int.MaxValue and var height, >= 0 and <= int.MaxValue and var width] => ((int)height, (int)width),
        var other => throw Refuse($"expects the attribute {name} to be a height and a width, found {Excerpt.List(other)}; one- and three-dimensional windows are not supported"),
    };

    /// <summary>Throws if there is an attribute that nobody asked for.</summary>
    public void CheckAllAsked()
    {
        if (attributes.Keys.FirstOrDefault(name => !asked.Contains(name)) is { } unknown)
            throw Refuse($"has the attribute {Excerpt.Quote(unknown)}, which is not supported");
    }

    public InvalidDataException Refuse(string reason) => new($"{this} {reason}.");

    public override string ToString() => $"{(Operator.Length is > 0 and < 40 ? Operator : "An operator")} {Excerpt.Quote(Name)}";

    // Some writers leave out a number that is zero, and an empty list is nothing but its type.
    private AttributeProto? Find(string name, AttributeProto.Types.AttributeType type, Func<AttributeProto, bool> has)
    {
        asked.Add(name);
        if (!attributes.TryGetValue(name, out AttributeProto? attribute))
            return null;
        return attribute.Type == type || (attribute.Type == AttributeProto.Types.AttributeType.Undefined && has(attribute))
            ? attribute
            : throw Refuse($"expects the attribute {name} to be of the type {type}, found {attribute.Type}");
    }
}
