using System.Text.Json;

namespace NeuralNet;

/// <summary>Weights that were split over several safetensors files, found through their index: <c>{"weight_map": {"0.weight": "model-00001-of-00002.safetensors", ...}}</c>.</summary>
/// <seealso href="https://huggingface.co/docs/safetensors">Hugging Face's sharded checkpoints.</seealso>
internal sealed class ShardedSafetensors : IDisposable
{
    private const string MapName = "weight_map";

    private readonly string index;
    private readonly Dictionary<string, string> fileOf;
    private readonly List<SafetensorsFile> files = [];

    private ShardedSafetensors(string index, Dictionary<string, string> fileOf)
    {
        (this.index, this.fileOf) = (index, fileOf);
        string directory = Path.GetDirectoryName(Path.GetFullPath(index))!;
        try
        {
            foreach (string file in fileOf.Values.Distinct())
                files.Add(SafetensorsFile.Open(Path.Combine(directory, file)));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Opens all files.</summary>
    /// <exception cref="FileNotFoundException">The index or one of its files does not exist.</exception>
    /// <exception cref="InvalidDataException">The index is not what the format says or names a file elsewhere, or a file is damaged.</exception>
    public static ShardedSafetensors Open(string index)
    {
        using FileStream file = InputFile.Open(index, "The index");
        try
        {
            using JsonDocument document = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = 8 });
            var fileOf = new Dictionary<string, string>();
            foreach (JsonProperty property in document.RootElement.GetProperty(MapName).EnumerateObject())
            {
                // The index says which files are opened, so only those beside it.
                string name = property.Value.GetString() ?? string.Empty;
                if (name.Length == 0 || name is "." or ".." || name.AsSpan().ContainsAny("/\\:\0"))
                    throw new InvalidDataException($"{index}: expected tensor '{property.Name}' in a file beside the index, found '{name}'.");
                if (!fileOf.TryAdd(property.Name, name))
                    throw new InvalidDataException($"{index} has the name '{property.Name}' twice.");
            }

            return new ShardedSafetensors(index, fileOf);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{index} is not the index of safetensors files, an object with \"{MapName}\": {error.Message}", error);
        }
    }

    /// <summary>The tensors, file by file.</summary>
    /// <exception cref="InvalidDataException">A tensor is not where the index says.</exception>
    public IReadOnlyList<StoredTensor<T>> Tensors<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var tensors = new List<StoredTensor<T>>();
        foreach (SafetensorsFile file in files)
        {
            string name = Path.GetFileName(file.Name);
            tensors.AddRange(file.Tensors<T>().Where(tensor => fileOf.GetValueOrDefault(tensor.Name) == name));
        }

        string? missing = fileOf.Keys.Except(tensors.Select(tensor => tensor.Name)).FirstOrDefault();
        return missing is null ? tensors : throw new InvalidDataException($"{index}: expected tensor '{missing}' in {fileOf[missing]}, found none of that name.");
    }

    public void Dispose()
    {
        foreach (SafetensorsFile file in files)
            file.Dispose();
    }
}
