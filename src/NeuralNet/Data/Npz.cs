using System.IO.Compression;

namespace NeuralNet;

/// <summary>Reads and writes NumPy's archives of several arrays (<c>.npz</c>, from <c>numpy.savez</c> and <c>numpy.savez_compressed</c>).</summary>
/// <remarks>
/// An archive is a zip file with an npy file (see <see cref="Npy"/>) for each array. It is not trusted: memory stays in proportion to the bytes that it really holds, and the arrays may not
/// share their compressed bytes, so that an archive unpacks to about a thousand times its size at most, which is what the compression can do. Its checksums are verified.
/// </remarks>
public static class Npz
{
    private const string Extension = ".npy";

    /// <summary>Reads an archive.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The arrays by their names.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">It is not a zip file, is damaged, or holds something else than NumPy files of numbers, or a name twice.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream file = InputFile.Open(path, "The NumPy archive");
        return Read(file, path);
    }

    /// <summary>Reads an archive from a stream.</summary>
    /// <param name="stream">The stream, one that can seek; left open.</param>
    /// <param name="name">What errors and the results call it.</param>
    /// <returns>The arrays by their names.</returns>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <exception cref="InvalidDataException">As for a file.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(Stream stream, string name = "the stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        if (!stream.CanSeek)
            throw new ArgumentException("A NumPy archive is read from its end, so the stream must be able to seek.", nameof(stream));

        using ZipArchive archive = OfZip(name, () => new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true));
        var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
        long compressed = 0;
        foreach (ZipArchiveEntry entry in OfZip(name, () => archive.Entries))
        {
            string array = $"{name}/{entry.FullName}";
            if (!entry.FullName.EndsWith(Extension, StringComparison.Ordinal))
                throw new InvalidDataException($"{array}: expected NumPy files alone, with names that end in {Extension}.");
            if (entry.CompressedLength > stream.Length - compressed)
                throw new InvalidDataException($"{array}: expected arrays of at most the {stream.Length} bytes of the file, found more compressed bytes: they share some.");
            compressed += entry.CompressedLength;

            using Stream content = OfZip(array, entry.Open);
            var file = new UntrustedFile(array, content, Math.Min(entry.Length, UntrustedFile.LikelyBytes(entry.CompressedLength))) { HasChecksum = true };
            NpyArray read = Npy.Read(file);
            if (file.Checksum != entry.Crc32)
                throw new InvalidDataException($"{array} is damaged: expected the checksum {entry.Crc32:x8}, found {file.Checksum:x8}.");
            if (!arrays.TryAdd(entry.FullName[..^Extension.Length], read))
                throw new InvalidDataException($"{array}: expected each name once, found it twice.");
        }

        return arrays;
    }

    /// <summary>Writes an archive as <c>numpy.savez</c> does: uncompressed.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="path">The file; overwritten if it exists.</param>
    /// <param name="arrays">The arrays with their names, which differ.</param>
    /// <exception cref="ArgumentException">A name is empty or stands twice, or an array does not hold as many numbers as its shape.</exception>
    /// <exception cref="IOException">The file cannot be written; an old one is still there.</exception>
    public static void Write<T>(string path, IEnumerable<NamedValues<T>> arrays)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, file => Write(file, arrays));
    }

    /// <summary>Writes an archive to a stream.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="stream">The stream; left open.</param>
    /// <param name="arrays">The arrays with their names, which differ.</param>
    /// <exception cref="ArgumentException">A name is empty or stands twice, or an array does not hold as many numbers as its shape.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write<T>(Stream stream, IEnumerable<NamedValues<T>> arrays)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Precision<T>();
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(arrays);
        var names = new HashSet<string>();
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (NamedValues<T> array in arrays)
        {
            if (string.IsNullOrEmpty(array.Name) || !names.Add(array.Name))
                throw new ArgumentException($"The names of the arrays must differ and not be empty, found '{array.Name}'.", nameof(arrays));
            ZipArchiveEntry entry = archive.CreateEntry(array.Name + Extension, CompressionLevel.NoCompression);

            // The same arrays make the same bytes.
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using Stream content = entry.Open();
            Npy.Write(content, array.Shape.Dimensions, array.Values.Span);
        }
    }

    // A damaged archive makes .NET throw this or that.
    private static TResult OfZip<TResult>(string name, Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or NotSupportedException or ArgumentException or OverflowException or EndOfStreamException)
        {
            throw new InvalidDataException($"{name}: expected a whole zip file, found a damaged one: {error.Message}", error);
        }
    }
}
