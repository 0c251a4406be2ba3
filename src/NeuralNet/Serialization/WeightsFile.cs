using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NeuralNet;

/// <summary>A network's parameters and states as a safetensors file, and as a fingerprint.</summary>
public static class WeightsFile
{
    /// <summary>Writes all parameters and states as a safetensors file, named and laid out as PyTorch's state dictionary: <c>0.weight [out, in]</c>.</summary>
    /// <remarks>The file is written beside its place and then moved there, so that a crash leaves either the old file or the new one.</remarks>
    /// <typeparam name="T">The precision, which is that of the file: F32 or F64.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; overwritten if it exists.</param>
    /// <seealso href="https://huggingface.co/docs/safetensors">The safetensors format: an 8-byte length, a JSON header, the numbers.</seealso>
    public static void SaveWeights<T>(this Network<T> network, string path)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        string partial = path + ".partial";
        using (FileStream file = File.Create(partial))
        {
            byte[] header = Header(network);
            Span<byte> length = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            file.Write(length);
            file.Write(header);
            foreach ((_, _, Matrix<T> value) in Tensors(network))
                file.Write(LittleEndianBytes(value));
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
    }

    /// <summary>Computes a fingerprint of all that was learned: equal for two networks exactly if all their parameters and states are the same bits.</summary>
    /// <remarks>SHA-256 over parameters, then states, each in the order of their names: the name in UTF-8, then the values in little-endian, in PyTorch's layout.</remarks>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="network">The network.</param>
    /// <returns>64 hexadecimal digits in lower case.</returns>
    public static string WeightsSha256<T>(this Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, _, Matrix<T> value) in Tensors(network))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(LittleEndianBytes(value));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<(string Name, Shape Shape, Matrix<T> Value)> Tensors<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        network.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal).Select(parameter => (parameter.Name, parameter.Shape, parameter.Value))
            .Concat(network.States.OrderBy(state => state.Name, StringComparer.Ordinal).Select(state => (state.Name, state.Shape, state.Value)));

    private static byte[] Header<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            long offset = 0;
            writer.WriteStartObject();
            foreach ((string name, Shape shape, _) in Tensors(network))
            {
                writer.WriteStartObject(name);
                writer.WriteString("dtype", typeof(T) == typeof(float) ? "F32" : "F64");
                writer.WriteStartArray("shape");
                foreach (int dimension in shape.Dimensions)
                    writer.WriteNumberValue(dimension);
                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(offset);
                writer.WriteNumberValue(offset += (long)shape.Size * Unsafe.SizeOf<T>());
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        // The numbers begin at a multiple of eight, as the format recommends.
        while (json.Length % 8 != 0)
            json.WriteByte((byte)' ');
        return json.ToArray();
    }

    // The matrix's own memory order is PyTorch's, so this is a view and not a copy, but on big-endian machines.
    private static ReadOnlySpan<byte> LittleEndianBytes<T>(Matrix<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(value.Values());
        if (BitConverter.IsLittleEndian)
            return bytes;

        byte[] swapped = bytes.ToArray();
        for (int i = 0; i < swapped.Length; i += Unsafe.SizeOf<T>())
            Array.Reverse(swapped, i, Unsafe.SizeOf<T>());
        return swapped;
    }
}
