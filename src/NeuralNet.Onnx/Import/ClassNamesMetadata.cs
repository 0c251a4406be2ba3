using System.Text.Json;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx;

/// <summary>The names of a network's classes in a model's metadata: <c>neuralnet.classes</c>, a JSON array of texts.</summary>
internal static class ClassNamesMetadata
{
    public const string Key = "neuralnet.classes";

    /// <summary>Gives the names to the network, if they are there and fit its outputs; metadata are free text, so what does not fit means nothing.</summary>
    public static void Apply<T>(ModelProto model, Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (model.MetadataProps.FirstOrDefault(property => property.Key == Key) is not { } property || Names(property.Value) is not { } names)
            return;
        bool fits = names.Length == Math.Max(2, network.OutputShape.Size) && names.Distinct().Count() == names.Length && !names.Contains(string.Empty);
        if (fits)
            network.ClassNames = names;
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
