using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx;

/// <summary>What a model's metadata say of a network: the version of the library, <c>neuralnet.version</c>; the names of the classes, <c>neuralnet.classes</c>, a JSON array of texts; and <see cref="Network{T}.Metadata"/>.</summary>
internal static class ModelMetadata
{
    public static void Write<T>(Network<T> network, ModelProto model)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        MetadataNames.CheckFree(network.Metadata.Keys);
        Add(MetadataNames.Library, MetadataNames.VersionOf(typeof(Network).Assembly));
        if (network.ClassNames.Count > 0)
            Add(MetadataNames.Classes, Json(network.ClassNames));
        foreach ((string key, string text) in network.Metadata.OrderBy(item => item.Key, StringComparer.Ordinal))
            Add(key, text);

        void Add(string key, string text)
        {
            if (!MetadataNames.IsUnicode(key) || !MetadataNames.IsUnicode(text))
                throw new InvalidOperationException($"The metadata '{key}' or its text is not Unicode: it holds half of a surrogate pair.");
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = text });
        }
    }

    /// <summary>Gives the network the names, if they are there and fit its outputs, and the texts; metadata are free text, so what does not fit means nothing.</summary>
    public static void Read<T>(ModelProto model, Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (StringStringEntryProto property in model.MetadataProps)
        {
            if (property.Key == MetadataNames.Classes && Names(property.Value) is { } names && names.Length == Math.Max(2, network.OutputShape.Size) && names.Distinct().Count() == names.Length && !names.Contains(string.Empty))
                network.ClassNames = names;
            else if (!MetadataNames.IsReserved(property.Key))
                network.Metadata[property.Key] = property.Value;
        }
    }

    private static string Json(IReadOnlyList<string> names)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (string name in names)
                json.WriteStringValue(name);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static string[]? Names(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Array && document.RootElement.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String)
                ? [.. document.RootElement.EnumerateArray().Select(name => name.GetString()!)]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate, which JSON can write and a text cannot hold.
            return null;
        }
    }
}
