using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace NeuralNet;

/// <summary>A checkpoint as a safetensors file: behind its tensors one of bytes that are the state as JSON, and last the SHA-256 of all bytes before it.</summary>
/// <remarks>The state is no metadata, of which readers take only so much: its history is as long as the run.</remarks>
internal static class CheckpointFile
{
    private const string Version = "2", VersionName = "neuralnet.checkpoint", StateName = "state", ChecksumName = "sha256";

    public static void Write<T>(string path, Checkpoint<T> checkpoint)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        byte[] state = JsonSerializer.SerializeToUtf8Bytes(checkpoint.State, CheckpointJson.Default.TrainingState);
        var header = SafetensorsHeader.Of(
            [
                .. checkpoint.Tensors.Select(tensor => (tensor.Name, SafetensorsHeader.DataType<T>(), tensor.Shape, Unsafe.SizeOf<T>())),
                (StateName, "U8", new Shape(state.Length), 1),
                (ChecksumName, "U8", new Shape(SHA256.HashSizeInBytes), 1),
            ],
            new Dictionary<string, string> { [VersionName] = Version });

        AtomicFile.Write(path, file =>
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] beginning = header.ToBytes();
            hash.AppendData(beginning);
            file.Write(beginning);
            foreach (NamedValues<T> tensor in checkpoint.Tensors)
            {
                LittleEndian.Append(hash, tensor.Values.Span);
                LittleEndian.Write(file, tensor.Values.Span);
            }

            hash.AppendData(state);
            file.Write(state);
            file.Write(hash.GetHashAndReset());
        });
    }

    /// <summary>Whether a header is that of a checkpoint.</summary>
    public static bool IsCheckpoint(SafetensorsHeader header) => header.Metadata.ContainsKey(VersionName);

    /// <summary>Reads a checkpoint, after its checksum.</summary>
    /// <exception cref="InvalidDataException">It is damaged, of another version or precision, or no checkpoint.</exception>
    public static Checkpoint<T> Read<T>(string path)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using FileStream file = InputFile.Open(path, "The checkpoint");
        CheckSum(path, file);
        var header = SafetensorsHeader.Read(path, file);
        if (header.Metadata.GetValueOrDefault(VersionName) is not { } version)
            throw new InvalidDataException($"{path} is not a checkpoint: its metadata has no '{VersionName}'.");
        if (version != Version)
            throw new InvalidDataException($"{path}: expected a checkpoint of version {Version}, found version {version}.");

        var tensors = new List<NamedValues<T>>();
        foreach (SafetensorsEntry entry in header.Entries.Where(entry => entry.Name is not (StateName or ChecksumName)))
        {
            if (entry.DataType != SafetensorsHeader.DataType<T>())
                throw new InvalidDataException($"{path}: expected numbers of type {SafetensorsHeader.DataType<T>()}, found {entry}.");
            if (entry.Shape.Count == 0 || entry.Shape.Any(dimension => dimension < 1) || entry.Length / Unsafe.SizeOf<T>() > Array.MaxLength)
                throw new InvalidDataException($"{path}: expected at least one number, and no more than an array can hold, found {entry}.");
            T[] values = Read<T>(file, header, entry);
            tensors.Add(new NamedValues<T>(entry.Name, new Shape([.. entry.Shape.Select(dimension => (int)dimension)]), values));
        }

        return new Checkpoint<T>(State(path, file, header), tensors);
    }

    private static T[] Read<T>(FileStream file, SafetensorsHeader header, SafetensorsEntry entry)
        where T : unmanaged
    {
        var values = new T[entry.Length / Unsafe.SizeOf<T>()];
        file.Position = header.Length + entry.Start;
        LittleEndian.Read(file, values.AsSpan());
        return values;
    }

    private static TrainingState State(string path, FileStream file, SafetensorsHeader header)
    {
        if (header.Entries.FirstOrDefault(entry => entry.Name == StateName) is not { DataType: "U8", Length: var length } state || length > Array.MaxLength)
            throw new InvalidDataException($"{path}: expected the state of the run, a tensor '{StateName}' of type U8, found none or another.");
        try
        {
            return JsonSerializer.Deserialize(Read<byte>(file, header, state), CheckpointJson.Default.TrainingState)
                ?? throw new InvalidDataException($"{path}: the state of the run is null.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: the state of the run is not what version {Version} says: {error.Message}", error);
        }
    }

    private static void CheckSum(string path, FileStream file)
    {
        long length = file.Length - SHA256.HashSizeInBytes;
        if (length <= 0)
            throw new InvalidDataException($"{path} is damaged: expected more than {SHA256.HashSizeInBytes} bytes, found {file.Length}.");

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 16];
        while (length > 0)
        {
            int count = file.Read(buffer, 0, (int)Math.Min(buffer.Length, length));
            if (count == 0)
                throw new InvalidDataException($"{path} is damaged: it ended while it was read.");
            hash.AppendData(buffer, 0, count);
            length -= count;
        }

        Span<byte> found = stackalloc byte[SHA256.HashSizeInBytes];
        file.ReadExactly(found);
        byte[] expected = hash.GetHashAndReset();
        if (!found.SequenceEqual(expected))
            throw new InvalidDataException($"{path} is damaged: the checksum of its bytes is {Convert.ToHexStringLower(expected)}, the one it ends with {Convert.ToHexStringLower(found)}.");
    }
}
