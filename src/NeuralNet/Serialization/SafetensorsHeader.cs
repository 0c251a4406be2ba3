using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NeuralNet;

/// <summary>The beginning of a safetensors file: eight bytes with the length of a JSON object, and the object, which says where each tensor's bytes lie.</summary>
/// <seealso href="https://huggingface.co/docs/safetensors">The safetensors format.</seealso>
internal sealed class SafetensorsHeader
{
    private const string MetadataName = "__metadata__";

    // As the reference implementation: a longer header is taken for a broken or hostile file.
    private const long MostBytes = 100_000_000;

    // The numbers begin at a multiple of this, as the format recommends.
    private const int Alignment = 8;

    public SafetensorsHeader(IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata = null, long length = 0) =>
        (Entries, Metadata, Length) = (entries, metadata ?? new Dictionary<string, string>(), length);

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The number of bytes in the file before the first tensor.</summary>
    public long Length { get; }

    /// <summary>The format's word for a precision.</summary>
    public static string DataType<T>() => typeof(T) == typeof(float) ? "F32" : "F64";

    /// <summary>The tensors one behind the other.</summary>
    public static SafetensorsHeader Of(IEnumerable<(string Name, string DataType, Shape Shape, int BytesEach)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var entries = new List<SafetensorsEntry>();
        long start = 0;
        foreach ((string name, string dataType, Shape shape, int bytesEach) in tensors)
        {
            entries.Add(new SafetensorsEntry(name, dataType, [.. shape.Dimensions.ToArray().Select(dimension => (long)dimension)], start, (long)shape.Size * bytesEach));
            start = entries[^1].End;
        }

        return new SafetensorsHeader(entries, metadata);
    }

    /// <exception cref="InvalidOperationException">No reader would take it, or would read what was not written.</exception>
    public byte[] ToBytes()
    {
        CheckTexts();
        using var bytes = new MemoryStream();
        bytes.Write(stackalloc byte[sizeof(ulong)]);
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (Metadata.Count > 0)
            {
                json.WriteStartObject(MetadataName);
                foreach ((string key, string value) in Metadata)
                    json.WriteString(key, value);
                json.WriteEndObject();
            }

            foreach (SafetensorsEntry entry in Entries)
                Write(json, entry);
            json.WriteEndObject();
        }

        while (bytes.Length % Alignment != 0)
            bytes.WriteByte((byte)' ');
        if (bytes.Length - sizeof(ulong) > MostBytes)
            throw new InvalidOperationException($"The header with names and metadata would have {bytes.Length - sizeof(ulong)} bytes; readers of the format take at most {MostBytes}.");
        byte[] header = bytes.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)header.Length - sizeof(ulong));
        return header;
    }

    private void CheckTexts()
    {
        var names = new HashSet<string>();
        foreach (SafetensorsEntry entry in Entries)
        {
            if (!names.Add(entry.Name))
                throw new InvalidOperationException($"Two tensors have the name '{entry.Name}'; a file holds one of each.");
        }

        foreach (string? text in Entries.Select(entry => entry.Name).Concat(Metadata.Keys))
            Check(text, text);
        foreach ((string key, string? text) in Metadata)
            Check(text, $"the metadata '{key}'");

        static void Check(string? text, string? what)
        {
            if (text is null)
                throw new InvalidOperationException($"The text of {what} is null.");
            if (!MetadataNames.IsUnicode(text))
                throw new InvalidOperationException($"The text of {what} is not Unicode: it holds half of a surrogate pair.");
        }
    }

    /// <summary>Reads the header of a file that nobody vouches for: what it says of the file is true when this returns.</summary>
    /// <exception cref="InvalidDataException">It is not a safetensors file, or claims what the file does not hold.</exception>
    public static SafetensorsHeader Read(string path, Stream file)
    {
        Span<byte> lengthBytes = stackalloc byte[sizeof(ulong)];
        if (file.Length < sizeof(ulong))
            throw new InvalidDataException($"{path} is not a safetensors file: expected at least {sizeof(ulong)} bytes, found {file.Length}.");
        file.Position = 0;
        file.ReadExactly(lengthBytes);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        ulong rest = (ulong)file.Length - sizeof(ulong);
        if (IsPickle(lengthBytes))
            throw new InvalidDataException($"{path} is not a safetensors file but {(lengthBytes[0] == 'P' ? "a zip archive: a NumPy archive has a name that ends in .npz; one of torch.save is a pickle" : "a pickle")} of Python objects, which can hold any code: save the state_dict in PyTorch with safetensors.torch.save_file.");
        if (length > rest || length > MostBytes)
            throw new InvalidDataException($"{path} is not a safetensors file or is truncated: it claims a header of {length} bytes; there are {rest}, and at most {MostBytes} are allowed.");

        byte[] json = new byte[length];
        file.ReadExactly(json);
        try
        {
            return Parse(path, json, sizeof(ulong) + (long)length, file.Length);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path}: the safetensors header is not what the format says: {error.Message}", error);
        }
    }

    // A zip archive, or protocol 2 and later of pickle; as a length either would be of a header far beyond what is allowed.
    private static bool IsPickle(ReadOnlySpan<byte> start) => BinaryPrimitives.ReadUInt64LittleEndian(start) > MostBytes && (start.StartsWith("PK\x03\x04"u8) || (start[0] == 0x80 && start[1] is >= 2 and <= 5));

    private static SafetensorsHeader Parse(string path, byte[] json, long length, long fileLength)
    {
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
        var metadata = new Dictionary<string, string>();
        var entries = new List<SafetensorsEntry>();
        var names = new HashSet<string>();
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            if (!names.Add(property.Name))
                throw new InvalidDataException($"{path}: the safetensors header has the name '{Guard.Excerpt(property.Name)}' twice.");
            if (property.Name == MetadataName)
            {
                if (property.Value.ValueKind == JsonValueKind.Null)
                    continue;
                foreach (JsonProperty item in property.Value.EnumerateObject())
                {
                    string text = item.Value.GetString() ?? throw new InvalidDataException($"{path}: the metadata '{Guard.Excerpt(item.Name)}' is null; expected text.");
                    if (!metadata.TryAdd(item.Name, text))
                        throw new InvalidDataException($"{path}: the safetensors header has the metadata '{Guard.Excerpt(item.Name)}' twice.");
                }
            }
            else
            {
                entries.Add(Entry(path, property));
            }
        }

        entries.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.Length.CompareTo(b.Length));
        long end = 0;
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.Start != end)
                throw new InvalidDataException($"{path}: {entry} begins at byte {entry.Start} of the data; expected {end}, where the one before it ends.");
            end = entry.End;
        }

        if (length + end != fileLength)
            throw new InvalidDataException($"{path}: the safetensors header describes {end} bytes of data; found {fileLength - length}.");
        return new SafetensorsHeader(entries, metadata, length);
    }

    private static SafetensorsEntry Entry(string path, JsonProperty property)
    {
        string dataType = property.Value.GetProperty("dtype").GetString() ?? string.Empty;
        long[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt64())];
        long[] offsets = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0])
            throw new InvalidDataException($"{path}: tensor '{Guard.Excerpt(property.Name)}' must have two offsets in order; found [{Guard.Excerpt(string.Join(", ", offsets))}].");

        var entry = new SafetensorsEntry(property.Name, dataType, shape, offsets[0], offsets[1] - offsets[0]);
        long expected = BytesEach(dataType) ?? throw new InvalidDataException($"{path}: {entry} has a type that is not known.");
        foreach (long dimension in shape)
        {
            // A product of the others may be 0 and hide what would overflow, so each is checked first.
            if (dimension < 0 || (dimension > 0 && expected > long.MaxValue / dimension))
                throw new InvalidDataException($"{path}: {entry} has a dimension that is negative, or more numbers than can be counted.");
            expected *= dimension;
        }

        if (expected != entry.Length)
            throw new InvalidDataException($"{path}: {entry} needs {expected} bytes; its offsets hold {entry.Length}.");
        return entry;
    }

    private static long? BytesEach(string dataType) => dataType switch
    {
        "F64" or "I64" or "U64" or "C64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "I8" or "U8" or "BOOL" or "F8_E5M2" or "F8_E4M3" or "F8_E8M0" => 1,
        _ => null,
    };

    private static void Write(Utf8JsonWriter json, SafetensorsEntry entry)
    {
        json.WriteStartObject(entry.Name);
        json.WriteString("dtype", entry.DataType);
        json.WriteStartArray("shape");
        foreach (long dimension in entry.Shape)
            json.WriteNumberValue(dimension);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(entry.Start);
        json.WriteNumberValue(entry.End);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
