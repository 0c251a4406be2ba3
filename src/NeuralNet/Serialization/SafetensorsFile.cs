using System.Runtime.CompilerServices;

namespace NeuralNet;

/// <summary>A safetensors file that is open for reading; its numbers are converted from any of the format's floating-point types.</summary>
internal sealed class SafetensorsFile : IDisposable
{
    private readonly Stream stream;
    private readonly bool leaveOpen;

    /// <summary>Reads the header.</summary>
    /// <param name="name">What errors call the file.</param>
    /// <param name="stream">The file; one that can seek.</param>
    /// <param name="leaveOpen">Whether it stays open when this is disposed of.</param>
    /// <exception cref="InvalidDataException">It is not a safetensors file, or claims what the file does not hold.</exception>
    public SafetensorsFile(string name, Stream stream, bool leaveOpen = false)
    {
        (Name, this.stream, this.leaveOpen) = (name, stream, leaveOpen);
        try
        {
            Header = SafetensorsHeader.Read(name, stream);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Name { get; }

    public SafetensorsHeader Header { get; }

    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">It is not a safetensors file, or claims what the file does not hold.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SafetensorsFile Open(string path) => new(path, InputFile.Open(path, "The safetensors file"));

    /// <summary>A stream that holds a file and nothing else, and stays open.</summary>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <exception cref="InvalidDataException">It is not a safetensors file, or claims what the file does not hold.</exception>
    public static SafetensorsFile Of(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return stream.CanSeek
            ? new(name, stream, leaveOpen: true)
            : throw new ArgumentException("The tensors of a file are read where they lie, so the stream must be able to seek.", nameof(stream));
    }

    /// <summary>Writes tensors one behind the other.</summary>
    public static void Write<T>(Stream stream, IEnumerable<LiveTensor<T>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        LiveTensor<T>[] all = [.. tensors];
        stream.Write(SafetensorsHeader.Of(all.Select(tensor => (tensor.Name, SafetensorsHeader.DataType<T>(), tensor.Shape, Unsafe.SizeOf<T>())), metadata).ToBytes());
        foreach (LiveTensor<T> tensor in all)
            LittleEndian.Write<T>(stream, tensor.Value.Values());
    }

    /// <summary>The tensors in the order of their bytes.</summary>
    public IEnumerable<StoredTensor<T>> Tensors<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => Header.Entries.Select(entry => new StoredTensor<T>(entry.Name, entry.DataType, entry.Shape, () => Read<T>(entry)));

    public void Dispose()
    {
        if (!leaveOpen)
            stream.Dispose();
    }

    private T[] Read<T>(SafetensorsEntry entry)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        stream.Position = Header.Length + entry.Start;
        return entry.DataType switch
        {
            "F64" => Convert<double, T>(entry, T.CreateTruncating),
            "F32" => Convert<float, T>(entry, T.CreateTruncating),
            "F16" => Convert<Half, T>(entry, T.CreateTruncating),

            // The upper half of a float.
            "BF16" => Convert<ushort, T>(entry, bits => T.CreateTruncating(BitConverter.UInt32BitsToSingle((uint)bits << 16))),
            _ => throw new InvalidDataException($"{Name}: expected numbers of type F64, F32, F16 or BF16, found {entry}."),
        };
    }

    private T[] Convert<TStored, T>(SafetensorsEntry entry, Func<TStored, T> convert)
        where TStored : unmanaged, INumber<TStored>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int BlockBytes = 1 << 16;
        int size = Unsafe.SizeOf<TStored>();
        if (entry.Length / size > Array.MaxLength)
            throw new InvalidDataException($"{Name}: {entry} holds more than the {Array.MaxLength} numbers that fit into one array.");
        var values = new T[entry.Length / size];
        if (typeof(TStored) == typeof(T))
        {
            LittleEndian.Read(stream, values.AsSpan());
            return values;
        }

        var block = new TStored[Math.Min(values.Length, BlockBytes / size)];
        for (Span<T> rest = values; !rest.IsEmpty;)
        {
            Span<TStored> read = block.AsSpan(0, Math.Min(block.Length, rest.Length));
            LittleEndian.Read(stream, read);
            for (int i = 0; i < read.Length; i++)
            {
                T value = rest[i] = convert(read[i]);
                if (T.IsInfinity(value) && TStored.IsFinite(read[i]) && typeof(TStored) == typeof(double))
                    throw new InvalidDataException($"{Name}: {entry} holds {Guard.Number(read[i])}, too large for {typeof(T).Name}. Load it in double.");
            }

            rest = rest[read.Length..];
        }

        return values;
    }
}
