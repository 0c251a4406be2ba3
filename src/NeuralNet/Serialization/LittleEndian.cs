using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuralNet;

/// <summary>Numbers as the bytes of a file, the lowest byte first on every machine.</summary>
internal static class LittleEndian
{
    /// <summary>The safetensors word for a precision.</summary>
    public static string DataType<T>() => typeof(T) == typeof(float) ? "F32" : "F64";

    /// <summary>The bytes of numbers: a view and not a copy, but on big-endian machines.</summary>
    public static ReadOnlySpan<byte> Bytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        if (BitConverter.IsLittleEndian)
            return bytes;

        byte[] swapped = bytes.ToArray();
        Swap(swapped, Unsafe.SizeOf<T>());
        return swapped;
    }

    /// <summary>Reads as many numbers as the span has room for.</summary>
    public static void Read<T>(Stream stream, Span<T> values)
        where T : unmanaged
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(values);
        stream.ReadExactly(bytes);
        if (!BitConverter.IsLittleEndian)
            Swap(bytes, Unsafe.SizeOf<T>());
    }

    private static void Swap(Span<byte> bytes, int size)
    {
        for (int i = 0; i < bytes.Length; i += size)
            bytes.Slice(i, size).Reverse();
    }
}
