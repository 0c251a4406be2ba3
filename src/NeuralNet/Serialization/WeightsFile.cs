using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace NeuralNet;

/// <summary>A network's parameters and states as a safetensors file, and as a fingerprint.</summary>
public static class WeightsFile
{
    /// <summary>Writes all parameters and states as a safetensors file, named and laid out as PyTorch's state dictionary: <c>0.weight [out, in]</c>.</summary>
    /// <remarks>The file is written beside its place and then moved there, so that a crash leaves either the old file or the new one.</remarks>
    /// <typeparam name="T">The precision, which is that of the file: F32 or F64.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; overwritten if it exists.</param>
    /// <exception cref="IOException">The file cannot be written; an old one is still there.</exception>
    /// <seealso href="https://huggingface.co/docs/safetensors">The safetensors format: an 8-byte length, a JSON header, the numbers.</seealso>
    public static void SaveWeights<T>(this Network<T> network, string path)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, file =>
        {
            file.Write(SafetensorsHeader.Of(Tensors(network).Select(tensor => (tensor.Name, LittleEndian.DataType<T>(), tensor.Shape, Unsafe.SizeOf<T>()))).ToBytes());
            foreach ((_, _, Matrix<T> value) in Tensors(network))
                file.Write(LittleEndian.Bytes<T>(value.Values()));
        });
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
            hash.AppendData(LittleEndian.Bytes<T>(value.Values()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<(string Name, Shape Shape, Matrix<T> Value)> Tensors<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        network.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal).Select(parameter => (parameter.Name, parameter.Shape, parameter.Value))
            .Concat(network.States.OrderBy(state => state.Name, StringComparer.Ordinal).Select(state => (state.Name, state.Shape, state.Value)));
}
