using Google.Protobuf;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx;

/// <summary>Bytes as a model, checked as far as it concerns the whole: not the graph.</summary>
internal static class ModelReader
{
    private const int OldestOpset = 7;
    private const int NewestOpset = 24;

    public static ModelProto Parse(ReadOnlySpan<byte> bytes)
    {
        ModelProto model;
        try
        {
            model = ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"Expected an ONNX model, found bytes that are none: {e.Message}", e);
        }

        if (model.Graph is null)
            throw new InvalidDataException("Expected an ONNX model, found one without a graph.");
        if (model.Functions.Count > 0)
            throw new InvalidDataException("Expected a graph of the standard operators, found functions of the model's own, which are not supported: export it without them.");
        if (model.Graph.SparseInitializer.Count > 0)
            throw new InvalidDataException("Expected dense initializers, found sparse ones, which are not supported.");
        Opset(model);
        return model;
    }

    /// <summary>The version of the standard operators that the model is written in.</summary>
    public static int Opset(ModelProto model)
    {
        long[] versions = [.. model.OpsetImport.Where(import => GraphNode.IsStandard(import.Domain)).Select(import => import.Version)];
        return versions is [>= OldestOpset and <= NewestOpset and var version]
            ? (int)version
            : throw new InvalidDataException($"Expected one set of standard operators, of version {OldestOpset} to {NewestOpset}, found {Excerpt.List(versions)}.");
    }
}
