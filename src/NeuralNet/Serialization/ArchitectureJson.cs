using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NeuralNet;

/// <summary>The descriptions of a network's layers as JSON: <c>{"input":[784],"layers":[{"kind":"Affine","values":{"outputSize":100,"bias":true}},{"kind":"Relu"}]}</c>.</summary>
/// <remarks>A number with a decimal point or exponent is a <see langword="double"/>, one without an <see langword="int"/>; an array of numbers without is a shape.</remarks>
internal static class ArchitectureJson
{
    // Of JSON; a composite takes two levels, so that they may stand 60 deep in each other.
    private const int MaxDepth = 128;

    private const string Input = "input", Layers = "layers", Kind = "kind", Values = "values", Children = "children";

    /// <exception cref="InvalidOperationException">The layers are nested too deeply, or a hyperparameter is not finite.</exception>
    public static string Write(Shape input, IEnumerable<LayerDescription> layers)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { MaxDepth = MaxDepth }))
        {
            json.WriteStartObject();
            json.WritePropertyName(Input);
            Write(json, input);
            Write(json, Layers, layers);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <exception cref="InvalidDataException">It is not what <see cref="Write(Shape, IEnumerable{LayerDescription})"/> writes.</exception>
    public static (Shape Input, IReadOnlyList<LayerDescription> Layers) Read(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            JsonElement root = document.RootElement;
            return (ReadValue(root.GetProperty(Input)) as Shape ?? throw new InvalidDataException($"\"{Input}\" must be a shape, found {root.GetProperty(Input)}."), ReadLayers(root.GetProperty(Layers)));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<LayerDescription> layers)
    {
        json.WriteStartArray(name);
        foreach (LayerDescription layer in layers)
        {
            json.WriteStartObject();
            json.WriteString(Kind, layer.Kind);
            if (layer.Values.Count > 0)
            {
                json.WriteStartObject(Values);
                foreach ((string value, object found) in layer.Values)
                {
                    json.WritePropertyName(value);
                    Write(json, found);
                }

                json.WriteEndObject();
            }

            if (layer.Children.Count > 0)
                Write(json, Children, layer.Children);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case bool truth: json.WriteBooleanValue(truth); break;
            case int number: json.WriteNumberValue(number); break;
            case double number: json.WriteRawValue(Text(number)); break;
            case string text: json.WriteStringValue(text); break;
            case Shape shape: WriteArray(json, shape.Dimensions.ToArray(), static (json, dimension) => json.WriteNumberValue(dimension)); break;
            default: WriteArray(json, (IReadOnlyList<double>)value, static (json, number) => json.WriteRawValue(Text(number))); break;
        }
    }

    private static void WriteArray<TItem>(Utf8JsonWriter json, IEnumerable<TItem> items, Action<Utf8JsonWriter, TItem> write)
    {
        json.WriteStartArray();
        foreach (TItem item in items)
            write(json, item);
        json.WriteEndArray();
    }

    private static string Text(double number)
    {
        if (!double.IsFinite(number))
            throw new InvalidOperationException($"A hyperparameter is {Guard.Number(number)}, which JSON cannot say.");
        string text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    private static LayerDescription[] ReadLayers(JsonElement layers) => [.. layers.EnumerateArray().Select(ReadLayer)];

    private static LayerDescription ReadLayer(JsonElement layer)
    {
        var description = new LayerDescription(layer.GetProperty(Kind).GetString() ?? throw new InvalidDataException("The kind of a layer is null."))
        {
            Children = layer.TryGetProperty(Children, out JsonElement children) ? ReadLayers(children) : [],
        };
        if (layer.TryGetProperty(Values, out JsonElement values))
        {
            foreach (JsonProperty value in values.EnumerateObject())
                Add(description, value.Name, ReadValue(value.Value));
        }

        return description;
    }

    private static LayerDescription Add(LayerDescription description, string name, object value) => value switch
    {
        bool truth => description.With(name, truth),
        int number => description.With(name, number),
        double number => description.With(name, number),
        string text => description.With(name, text),
        Shape shape => description.With(name, shape),
        _ => description.With(name, (double[])value),
    };

    private static object ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => IsWhole(value) ? value.GetInt32() : (object)value.GetDouble(),
        JsonValueKind.Array when value.GetArrayLength() > 0 && value.EnumerateArray().All(IsWhole) => new Shape([.. value.EnumerateArray().Select(item => item.GetInt32())]),
        JsonValueKind.Array => value.EnumerateArray().Select(item => item.GetDouble()).ToArray(),
        _ => throw new InvalidDataException($"A hyperparameter must be a number, a text, a truth value or a list of numbers, found {value.ValueKind}."),
    };

    private static bool IsWhole(JsonElement value) => value.ValueKind == JsonValueKind.Number && !value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E');
}
