using System.Buffers.Binary;
using System.IO.Compression;

namespace NeuralNet;

/// <summary>Reads IDX files, the format of MNIST: a header with the dimensions, then the values; plain or compressed with gzip.</summary>
/// <remarks>
/// Compression is told by the file's first bytes, not by its name. A file is not trusted: whatever its header claims,
/// memory stays in proportion to the bytes that it really holds. gzip's checksum is verified; a file that ends before it but holds every value is read.
/// </remarks>
/// <seealso href="http://yann.lecun.com/exdb/mnist/">LeCun and Cortes, The MNIST database: the IDX file format.</seealso>
public static class Idx
{
    private const byte UnsignedByte = 0x08;

    // What is set aside for a compressed file at first: as many times its size, and no less than this. More is added as values come.
    private const int UsualCompression = 8;
    private const int SmallestBuffer = 1 << 16;

    /// <summary>Reads a file of unsigned bytes.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The dimensions and the values.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// It is not an IDX file of unsigned bytes, is truncated or goes on behind the last value, its gzip stream is corrupt, or it claims more values than an array can hold.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IdxFile ReadBytes(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"The IDX file {path} does not exist.", path);

        using FileStream file = File.OpenRead(path);
        bool compressed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        if (!compressed)
            return Read(path, file, file.Length);

        using var gzip = new GZipStream(file, CompressionMode.Decompress);
        return Read(path, gzip, Math.Max(SmallestBuffer, UsualCompression * file.Length));
    }

    private static IdxFile Read(string path, Stream stream, long likelySize)
    {
        Shape shape = ReadHeader(path, stream);
        var values = new byte[Math.Min(shape.Size, likelySize)];
        int count = ReadUpTo(path, stream, values);
        while (count == values.Length && count < shape.Size)
        {
            Array.Resize(ref values, (int)Math.Min(shape.Size, 2L * values.Length));
            count += ReadUpTo(path, stream, values.AsSpan(count));
        }

        if (count < shape.Size)
            throw new InvalidDataException($"{path} is truncated: its header {shape.ToTensorString()} claims {shape.Size} values, found {count}.");
        if (ReadUpTo(path, stream, [0]) > 0)
            throw new InvalidDataException($"{path} goes on behind its last value: its header {shape.ToTensorString()} claims {shape.Size} values, found more.");
        return new IdxFile(path, shape, values);
    }

    // Two zeros, the type of the values, the number of dimensions, and the dimensions as big-endian 32-bit numbers.
    private static Shape ReadHeader(string path, Stream stream)
    {
        Span<byte> word = stackalloc byte[sizeof(uint)];
        ReadWord(path, stream, word, "magic number");
        if (word[0] != 0 || word[1] != 0)
            throw new InvalidDataException($"{path} is not an IDX file: expected the bytes 00 00 at its beginning, found {word[0]:x2} {word[1]:x2}.");
        if (word[2] != UnsignedByte)
            throw new InvalidDataException($"{path}: expected values of type 0x08 (unsigned byte), found type 0x{word[2]:x2}.");
        if (word[3] == 0)
            throw new InvalidDataException($"{path}: expected at least one dimension, found none.");

        var dimensions = new int[word[3]];
        long size = 1;
        for (int i = 0; i < dimensions.Length; i++)
        {
            ReadWord(path, stream, word, $"dimension {i} of {dimensions.Length}");
            uint dimension = BinaryPrimitives.ReadUInt32BigEndian(word);
            if (dimension == 0)
                throw new InvalidDataException($"{path}: dimension {i} of {dimensions.Length} must be at least 1, found 0.");
            size *= dimension;
            if (size > Array.MaxLength)
                throw new InvalidDataException($"{path}: expected at most the {Array.MaxLength} values that fit into one array, found dimensions of {size} values up to dimension {i}.");
            dimensions[i] = (int)dimension;
        }

        return new Shape(dimensions);
    }

    private static void ReadWord(string path, Stream stream, Span<byte> word, string what)
    {
        int count = ReadUpTo(path, stream, word);
        if (count < word.Length)
            throw new InvalidDataException($"{path} is truncated in its header: expected {word.Length} bytes of its {what}, found {count}.");
    }

    private static int ReadUpTo(string path, Stream stream, Span<byte> buffer)
    {
        try
        {
            return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{path}: expected a whole gzip stream, found a corrupt one: {error.Message}", error);
        }
    }
}
