using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NeuralNet;

/// <summary>Numbers as the bytes of a file, the lowest byte first on every machine.</summary>
internal static class LittleEndian
{
    // Numbers at a time: an array may hold more bytes than a span of bytes.
    private const int Part = 1 << 24;

    /// <summary>Writes numbers.</summary>
    public static void Write<T>(Stream stream, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        for (; !values.IsEmpty; values = values[Math.Min(Part, values.Length)..])
            stream.Write(Bytes(values[..Math.Min(Part, values.Length)]));
    }

    /// <summary>Takes the bytes of numbers into a hash.</summary>
    public static void Append<T>(IncrementalHash hash, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        for (; !values.IsEmpty; values = values[Math.Min(Part, values.Length)..])
            hash.AppendData(Bytes(values[..Math.Min(Part, values.Length)]));
    }

    /// <summary>Reads as many numbers as the span has room for.</summary>
    public static void Read<T>(Stream stream, Span<T> values)
        where T : unmanaged
    {
        for (; !values.IsEmpty; values = values[Math.Min(Part, values.Length)..])
        {
            Span<T> part = values[..Math.Min(Part, values.Length)];
            stream.ReadExactly(MemoryMarshal.AsBytes(part));
            if (!BitConverter.IsLittleEndian)
                ReverseBytes(part);
        }
    }

    /// <summary>Turns the bytes of each number around.</summary>
    public static void ReverseBytes<T>(Span<T> values)
        where T : unmanaged
    {
        for (int i = 0; i < values.Length; i++)
            MemoryMarshal.AsBytes(values.Slice(i, 1)).Reverse();
    }

    // A view and not a copy, but on big-endian machines.
    private static ReadOnlySpan<byte> Bytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (BitConverter.IsLittleEndian)
            return MemoryMarshal.AsBytes(values);

        T[] swapped = values.ToArray();
        ReverseBytes<T>(swapped);
        return MemoryMarshal.AsBytes<T>(swapped);
    }
}
