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
        using FileStream file = Open(path, out bool isCompressed);
        if (!isCompressed)
            return Read(new UntrustedFile(path, file, file.Length));

        using var gzip = new GZipStream(file, CompressionMode.Decompress);
        return Read(new UntrustedFile(path, gzip, UntrustedFile.LikelyBytes(file.Length)));
    }

    internal static FileStream Open(string path, out bool isCompressed)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream file = InputFile.Open(path, "The IDX file");
        isCompressed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return file;
    }

    /// <summary>Reads the header: two zeros, the type of the values, the number of dimensions, and the dimensions as big-endian 32-bit numbers.</summary>
    /// <param name="file">The file, at its beginning.</param>
    /// <param name="most">The largest number of values allowed.</param>
    /// <param name="why">What allows no more, for errors.</param>
    internal static (int[] Dimensions, long Size) ReadHeader(UntrustedFile file, long most, string why)
    {
        Span<byte> word = stackalloc byte[sizeof(uint)];
        file.ReadHeader(word, "magic number");
        if (word[0] != 0 || word[1] != 0)
            throw new InvalidDataException($"{file.Name} is not an IDX file: expected the bytes 00 00 at its beginning, found {word[0]:x2} {word[1]:x2}.");
        if (word[2] != UnsignedByte)
            throw new InvalidDataException($"{file.Name}: expected values of type 0x08 (unsigned byte), found type 0x{word[2]:x2}.");
        if (word[3] == 0)
            throw new InvalidDataException($"{file.Name}: expected at least one dimension, found none.");

        var dimensions = new int[word[3]];
        long size = 1;
        for (int i = 0; i < dimensions.Length; i++)
        {
            file.ReadHeader(word, $"dimension {i} of {dimensions.Length}");
            uint dimension = BinaryPrimitives.ReadUInt32BigEndian(word);
            if (dimension == 0)
                throw new InvalidDataException($"{file.Name}: dimension {i} of {dimensions.Length} must be at least 1, found 0.");
            UInt128 product = (UInt128)size * dimension;
            if (product > (UInt128)most)
                throw new InvalidDataException($"{file.Name}: expected at most the {most} values that {why}, found dimensions of {product} values up to dimension {i}.");
            if (dimension > Array.MaxLength)
                throw new InvalidDataException($"{file.Name}: dimension {i} of {dimensions.Length} must be at most {Array.MaxLength}, found {dimension}.");
            (dimensions[i], size) = ((int)dimension, (long)product);
        }

        return (dimensions, size);
    }

    private static IdxFile Read(UntrustedFile file)
    {
        var shape = new Shape(ReadHeader(file, Array.MaxLength, "fit into one array").Dimensions);
        return new IdxFile(file.Name, shape, file.ReadValues<byte>(shape.Size, shape.ToTensorString()));
    }
}
