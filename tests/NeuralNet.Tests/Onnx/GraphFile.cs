using System.Buffers.Binary;
using Google.Protobuf;
using NeuralNet.Onnx;
using NeuralNet.Onnx.Schema;
using DataType = NeuralNet.Onnx.Schema.TensorProto.Types.DataType;

namespace NeuralNet.Tests;

/// <summary>An ONNX file made by hand: an input x, nodes in turn, each behind the one before unless inputs are named, and the last one's output as the graph's.</summary>
internal sealed class GraphFile
{
    private int made;

    public GraphFile(int opset, params long[] sample)
    {
        Model = new ModelProto { IrVersion = 8, Graph = new GraphProto() };
        Model.OpsetImport.Add(new OperatorSetIdProto { Version = opset });
        Graph.Input.Add(Information(Last, sample));
    }

    public ModelProto Model { get; }

    public GraphProto Graph => Model.Graph;

    /// <summary>The name of what the latest node makes.</summary>
    public string Last { get; private set; } = "x";

    public byte[] Bytes
    {
        get
        {
            if (Graph.Output.Count == 0)
                Graph.Output.Add(new ValueInfoProto { Name = Last });
            return Model.ToByteArray();
        }
    }

    public static implicit operator byte[](GraphFile file) => file.Bytes;

    /// <summary>Adds a node that reads the latest output, then other names.</summary>
    public GraphFile Then(string operation, params string[] others) => Node(operation, [Last, .. others]);

    /// <summary>Adds a node that reads these names.</summary>
    public GraphFile Node(string operation, params string[] inputs)
    {
        Last = $"v{made++}";
        var node = new NodeProto { OpType = operation, Name = $"{operation}_{Graph.Node.Count}", Output = { Last } };
        node.Input.AddRange(inputs);
        Graph.Node.Add(node);
        return this;
    }

    public GraphFile With(string attribute, long value) => Add(new() { Name = attribute, Type = AttributeProto.Types.AttributeType.Int, I = value });

    public GraphFile With(string attribute, float value) => Add(new() { Name = attribute, Type = AttributeProto.Types.AttributeType.Float, F = value });

    public GraphFile With(string attribute, string value) => Add(new() { Name = attribute, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) });

    public GraphFile With(string attribute, params long[] values)
    {
        var added = new AttributeProto { Name = attribute, Type = AttributeProto.Types.AttributeType.Ints };
        added.Ints.AddRange(values);
        return Add(added);
    }

    /// <summary>Adds an initializer of small numbers that differ.</summary>
    public GraphFile Weight(string name, params long[] dimensions)
    {
        int count = (int)dimensions.Aggregate(1L, (product, dimension) => product * dimension);
        return Floats(name, dimensions, [.. Enumerable.Range(0, count).Select(i => (((i * 37) + 11) % 17 / 16f) - 0.5f)]);
    }

    public GraphFile Floats(string name, long[] dimensions, params float[] values)
    {
        byte[] raw = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(4 * i), values[i]);
        return Tensor(name, DataType.Float, dimensions, tensor => tensor.RawData = ByteString.CopyFrom(raw));
    }

    public GraphFile Number(string name, float value) => Floats(name, [], value);

    public GraphFile Integers(string name, params long[] values) => Tensor(name, DataType.Int64, [values.Length], tensor => tensor.Int64Data.AddRange(values));

    public GraphFile Tensor(string name, DataType type, long[] dimensions, Action<TensorProto> fill)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type };
        tensor.Dims.AddRange(dimensions);
        fill(tensor);
        Graph.Initializer.Add(tensor);
        return this;
    }

    public GraphFile Change(Action<GraphFile> change)
    {
        change(this);
        return this;
    }

    public Network<T> Load<T>(ILossLayer<T>? loss = null)
        where T : unmanaged, IFloatingPointIeee754<T> => OnnxFile.Load(new MemoryStream(Bytes), loss, seed: 1);

    public static ValueInfoProto Information(string name, params long[] sample)
    {
        var shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "n" } } };
        shape.Dim.AddRange(sample.Select(dimension => new TensorShapeProto.Types.Dimension { DimValue = dimension }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new() { ElemType = (int)DataType.Float, Shape = shape } } };
    }

    private GraphFile Add(AttributeProto attribute)
    {
        Graph.Node[^1].Attribute.Add(attribute);
        return this;
    }
}
