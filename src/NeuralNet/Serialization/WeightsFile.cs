using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NeuralNet;

/// <summary>A network's parameters and states in files, and as a fingerprint.</summary>
public static class WeightsFile
{
    /// <summary>Writes all parameters and states, and nothing else, named and laid out as PyTorch's state dictionary: <c>0.weight [out, in]</c>. <see cref="NetworkFile"/> saves the network too.</summary>
    /// <remarks>
    /// A file that ends in <c>.npz</c> becomes a NumPy archive, every other a safetensors file. It is written beside its place and then moved there, so that a crash leaves either the old file or the new one.
    /// </remarks>
    /// <typeparam name="T">The precision, which is that of the file: F32 or F64.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; overwritten if it exists.</param>
    /// <exception cref="ArgumentException">The file's name ends in <c>.json</c>.</exception>
    /// <exception cref="IOException">The file cannot be written; an old one is still there.</exception>
    /// <seealso href="https://huggingface.co/docs/safetensors">The safetensors format: an 8-byte length, a JSON header, the numbers.</seealso>
    public static void SaveWeights<T>(this Network<T> network, string path)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (IsIndex(path))
            throw new ArgumentException($"{path} has the name of an index of files; expected one that ends in .safetensors or .npz.", nameof(path));
        AtomicFile.Write(path, file =>
        {
            if (IsArchive(path))
                Npz.Write(file, Tensors(network).Select(tensor => tensor.Saved()));
            else
                SafetensorsFile.Write(file, Tensors(network), NetworkFile.PyTorchsFormat);
        });
    }

    /// <summary>Reads parameters and states from a file of PyTorch, Hugging Face, NumPy or this library into a network that was built to match.</summary>
    /// <remarks>
    /// <para>
    /// Read are safetensors files with numbers of type F64, F32, F16 or BF16, which are converted; the index of one that was split into several, <c>model.safetensors.index.json</c>; and NumPy
    /// archives, <c>.npz</c>, with floating-point or whole numbers. Layouts are PyTorch's. PyTorch's <c>num_batches_tracked</c> and an optimizer's tensors are ignored.
    /// </para>
    /// <para>
    /// A module of PyTorch names its layers as it likes, and the map brings the names together: <c>network.LoadWeights("lenet.safetensors", name => name.Replace("conv1.", "0.").Replace("fc.", "4."))</c>.
    /// Everything is checked and read before the first number of the network changes.
    /// </para>
    /// </remarks>
    /// <typeparam name="T">The precision of the network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="map">From a name in the file to the network's; null for what is to be left out. Without a map, names are the same.</param>
    /// <param name="strict">Whether every number of the network must be in the file, and every tensor of the file in the network; if not, what matches is loaded. True by default.</param>
    /// <returns>What matched, what did not, and which shapes differ.</returns>
    /// <exception cref="FileNotFoundException">The file, or a part of it, does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged or of another kind; a tensor of a safetensors file that matches does not hold floating-point numbers, or one too large for the precision; or, if strict, not everything matches. The network is unchanged.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static WeightsReport LoadWeights<T>(this Network<T> network, string path, Func<string, string?>? map = null, bool strict = true)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (IsArchive(path))
            return Load(Npz.Read(path).Select(array => Stored<T>(array.Key, array.Value)));
        if (IsIndex(path))
        {
            using ShardedSafetensors shards = ShardedSafetensors.Open(path);
            return Load(shards.Tensors<T>());
        }

        using SafetensorsFile file = SafetensorsFile.Open(path);
        return Load(file.Tensors<T>());

        WeightsReport Load(IEnumerable<StoredTensor<T>> stored)
        {
            var match = TensorMatch<T>.Of(path, LiveTensor<T>.Of(network), stored, map);
            if (strict)
                match.Report.RequireComplete("the network");
            match.Copy();
            return match.Report;
        }
    }

    /// <summary>Writes all parameters and states as a table for people and spreadsheets: a line for each number, with its name, its place in PyTorch's order, and its value in full.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; overwritten if it exists.</param>
    /// <exception cref="IOException">The file cannot be written; an old one is still there.</exception>
    public static void SaveWeightsCsv<T>(this Network<T> network, string path)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, file =>
        {
            using var text = new StreamWriter(file, leaveOpen: true);
            text.Write("name,index,value\n");
            foreach (LiveTensor<T> tensor in Tensors(network))
            {
                int[] index = new int[tensor.Shape.Rank];
                foreach (T value in Dense.Array(tensor.Value))
                {
                    text.Write(string.Create(CultureInfo.InvariantCulture, $"{History.Quoted(tensor.Name)},{string.Join(' ', index)},{value:R}\n"));
                    for (int dimension = index.Length - 1; dimension >= 0 && ++index[dimension] == tensor.Shape[dimension]; dimension--)
                        index[dimension] = 0;
                }
            }
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
        foreach (LiveTensor<T> tensor in Tensors(network))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(tensor.Name));
            LittleEndian.Append<T>(hash, tensor.Value.Values());
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Parameters, then states, each in the order of their names.</summary>
    internal static IEnumerable<LiveTensor<T>> Tensors<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int parameters = network.Parameters.Count;
        LiveTensor<T>[] all = [.. LiveTensor<T>.Of(network)];
        return all[..parameters].OrderBy(tensor => tensor.Name, StringComparer.Ordinal).Concat(all[parameters..].OrderBy(tensor => tensor.Name, StringComparer.Ordinal));
    }

    private static bool IsArchive(string path) => path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase);

    private static bool IsIndex(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static StoredTensor<T> Stored<T>(string name, NpyArray array)
        where T : unmanaged, IFloatingPointIeee754<T> => new(name, array.NumberType, [.. array.Dimensions.ToArray().Select(dimension => (long)dimension)], array.ToArray<T>);
}
