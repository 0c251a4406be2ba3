using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuralNet;

/// <summary>Reads a file that is not trusted: whatever it claims to hold, memory stays in proportion to the bytes that really come.</summary>
/// <param name="name">The file, for errors.</param>
/// <param name="stream">Where the bytes come from.</param>
/// <param name="likelyBytes">How many bytes are set aside at first; more is added as they come.</param>
internal sealed class UntrustedFile(string name, Stream stream, long likelyBytes)
{
    // What is set aside for a compressed file at first: as many times its size, and no less than this.
    private const int UsualCompression = 8;
    private const int SmallestBuffer = 1 << 16;

    public string Name => name;

    /// <summary>Whether to keep a checksum of what is read.</summary>
    public bool HasChecksum { get; init; }

    /// <summary>The checksum of all that was read.</summary>
    public uint Checksum { get; private set; }

    /// <summary>A likely size of what is in so many compressed bytes.</summary>
    public static long LikelyBytes(long compressed) => Math.Max(SmallestBuffer, UsualCompression * compressed);

    /// <summary>Fills a buffer, as far as there are bytes.</summary>
    /// <returns>How many bytes there were.</returns>
    public int ReadUpTo(Span<byte> buffer)
    {
        try
        {
            int count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (HasChecksum)
                Checksum = Crc32.Continue(Checksum, buffer[..count]);
            return count;
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{name}: expected a whole compressed stream, found a corrupt one: {error.Message}", error);
        }
    }

    /// <summary>Fills a buffer with a part of the header.</summary>
    public void ReadHeader(Span<byte> buffer, string what)
    {
        int count = ReadUpTo(buffer);
        if (count < buffer.Length)
            throw new InvalidDataException($"{name} is truncated in its header: expected {buffer.Length} bytes of its {what}, found {count}.");
    }

    /// <summary>Reads all values, behind which the file must end.</summary>
    /// <param name="count">How many, at most what an array can hold.</param>
    /// <param name="shape">The shape that the header claims, for errors.</param>
    public T[] ReadValues<T>(int count, string shape)
        where T : unmanaged
    {
        var values = new T[Math.Min(count, Math.Max(1, likelyBytes / Unsafe.SizeOf<T>()))];
        long bytes = Fill(values, 0);
        while (bytes == Bytes(values) && values.Length < count)
        {
            int filled = values.Length;
            Array.Resize(ref values, (int)Math.Min(count, 2L * values.Length));
            bytes += Fill(values, filled);
        }

        if (bytes < (long)count * Unsafe.SizeOf<T>())
            throw new InvalidDataException($"{name} is truncated: its header {shape} claims {count} values, found {bytes / Unsafe.SizeOf<T>()}.");
        if (ReadUpTo([0]) > 0)
            throw new InvalidDataException($"{name} goes on behind its last value: its header {shape} claims {count} values, found more.");
        return values;
    }

    private static long Bytes<T>(T[] values)
        where T : unmanaged => (long)values.Length * Unsafe.SizeOf<T>();

    // The bytes of an array may be more than a span can hold.
    private long Fill<T>(T[] values, int start)
        where T : unmanaged
    {
        const int Part = 1 << 24;
        long bytes = 0;
        for (Span<T> rest = values.AsSpan(start); !rest.IsEmpty;)
        {
            int length = Math.Min(Part, rest.Length);
            Span<byte> part = MemoryMarshal.AsBytes(rest[..length]);
            int count = ReadUpTo(part);
            bytes += count;
            if (count < part.Length)
                break;
            rest = rest[length..];
        }

        return bytes;
    }
}
