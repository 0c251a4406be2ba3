using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NeuralNet;

/// <summary>A whole network in one safetensors file: what it learned, and in the metadata what it is made of.</summary>
/// <remarks>
/// <para>
/// Tensors are named and laid out as PyTorch's: <c>0.weight [out, in]</c>. The metadata hold, in JSON: <c>neuralnet.architecture</c>, the shape of a sample and the layers' descriptions;
/// <c>neuralnet.state</c>, seed, step and frozen parameters; <c>neuralnet.classes</c>, the names of the classes; <c>neuralnet.network</c> and <c>neuralnet.version</c>, the versions of
/// this format and of the library; and whatever <see cref="Network{T}.Metadata"/> holds. What is done to samples before the first weights is part of the network as its
/// <see cref="Normalization{T}"/> layer, and so of the file.
/// </para>
/// <para>A file names kinds of layers and no types of code: <see cref="LayerRegistry"/> decides what is created. It is not trusted: nothing is created that it does not hold the numbers for.</para>
/// </remarks>
public static class NetworkFile
{
    private const string Version = "1";

    /// <summary>How much is quoted of what a layer, or whoever made one, objects to.</summary>
    private const int MostMessage = 1000;

    private const string VersionName = "neuralnet.network", ArchitectureName = "neuralnet.architecture", StateName = "neuralnet.state";

    /// <summary>What tools of the field read from the metadata: whose names and layout the tensors have.</summary>
    internal static readonly IReadOnlyDictionary<string, string> PyTorchsFormat = new Dictionary<string, string> { [MetadataNames.Format] = "pt" };

    /// <summary>Writes a network to a file. It is written beside its place and then moved there, so that a crash leaves either the old file or the new one.</summary>
    /// <typeparam name="T">The precision, which is that of the file: F32 or F64.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; overwritten if it exists.</param>
    /// <param name="optimizer">The network's optimizer, if training is to go on exactly where it stands: see <see cref="OptimizerFile.LoadState{T}(Optimizer{T}, string)"/>.</param>
    /// <exception cref="ArgumentException">The optimizer is another network's.</exception>
    /// <exception cref="InvalidOperationException">
    /// A custom layer is not registered in <see cref="LayerRegistry"/>, or not for what it is; a hyperparameter is not finite; layers are nested more than 60 deep; a text of the metadata bears a name of the
    /// file's own, is null or is not Unicode, or names and metadata are too long; or the optimizer's averages are in use.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written; an old one is still there.</exception>
    public static void Save<T>(this Network<T> network, string path, Optimizer<T>? optimizer = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Dictionary<string, string> metadata = Describe(network, optimizer);
        AtomicFile.Write(path, file => SafetensorsFile.Write(file, Tensors(network, optimizer), metadata));
    }

    /// <summary>Writes a network to a stream.</summary>
    /// <typeparam name="T">The precision, which is that of the file: F32 or F64.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="stream">The stream; left open.</param>
    /// <param name="optimizer">The network's optimizer, if training is to go on exactly where it stands.</param>
    /// <exception cref="ArgumentException">The optimizer is another network's.</exception>
    /// <exception cref="InvalidOperationException">As for a file.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Save<T>(this Network<T> network, Stream stream, Optimizer<T>? optimizer = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        SafetensorsFile.Write(stream, Tensors(network, optimizer), Describe(network, optimizer));
    }

    extension(Network)
    {
        /// <summary>Reads a network that <see cref="Save{T}(Network{T}, string, Optimizer{T})"/> wrote, without the code that made it.</summary>
        /// <remarks>Numbers of the other precision are converted. Custom layers must be registered in <see cref="LayerRegistry"/> first.</remarks>
        /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
        /// <param name="path">The file.</param>
        /// <returns>The network: the same predictions, bit for bit, if the precision is that of the file.</returns>
        /// <exception cref="FileNotFoundException">The file does not exist.</exception>
        /// <exception cref="InvalidDataException">It is no network's file, is damaged, of a later version, or holds a layer that is not registered.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        /// <exception cref="NotSupportedException">The precision is neither <see langword="float"/> nor <see langword="double"/>.</exception>
        public static Network<T> Load<T>(string path)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            using var file = SafetensorsFile.Open(path);
            return Read<T>(file);
        }

        /// <summary>Reads a network from a stream.</summary>
        /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
        /// <param name="stream">The stream, one that can seek and holds nothing else; left open.</param>
        /// <param name="name">What errors call it.</param>
        /// <returns>The network.</returns>
        /// <exception cref="ArgumentException">The stream cannot seek.</exception>
        /// <exception cref="InvalidDataException">As for a file.</exception>
        /// <exception cref="IOException">The stream cannot be read.</exception>
        /// <exception cref="NotSupportedException">The precision is neither <see langword="float"/> nor <see langword="double"/>.</exception>
        public static Network<T> Load<T>(Stream stream, string name = "the stream")
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            using SafetensorsFile file = SafetensorsFile.Of(stream, name);
            return Read<T>(file);
        }
    }

    private static IEnumerable<LiveTensor<T>> Tensors<T>(Network<T> network, Optimizer<T>? optimizer)
        where T : unmanaged, IFloatingPointIeee754<T> => WeightsFile.Tensors(network).Concat(optimizer is null ? [] : LiveTensor<T>.Of(optimizer));

    private static Dictionary<string, string> Describe<T>(Network<T> network, Optimizer<T>? optimizer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        if (optimizer is not null && optimizer.Network != network)
            throw new ArgumentException("The optimizer belongs to another network.", nameof(optimizer));
        MetadataNames.CheckFree(network.Metadata.Keys);
        network.Chain.CheckDescriptions();
        var state = new NetworkState(network.Seed, network.StepNumber, [.. network.Parameters.Where(parameter => !parameter.Trainable).Select(parameter => parameter.Name)]);

        var metadata = new Dictionary<string, string>(PyTorchsFormat)
        {
            [VersionName] = Version,
            [MetadataNames.Library] = MetadataNames.VersionOf(typeof(NetworkFile).Assembly),
            [ArchitectureName] = ArchitectureJson.Write(network.InputShape, network.Layers.Select(layer => layer.Describe())),
            [StateName] = JsonSerializer.Serialize(state, NetworkJson.Default.NetworkState),
        };
        if (network.ClassNames.Count > 0)
            metadata[MetadataNames.Classes] = JsonSerializer.Serialize([.. network.ClassNames], NetworkJson.Default.StringArray);
        if (optimizer is not null)
            metadata[OptimizerFile.StateName] = JsonSerializer.Serialize(OptimizerState.Of(optimizer), NetworkJson.Default.OptimizerState);
        foreach ((string name, string text) in network.Metadata)
            metadata[name] = text;

        return metadata;
    }

    private static Network<T> Read<T>(SafetensorsFile file)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Precision<T>();
        if (CheckpointFile.IsCheckpoint(file.Header))
            throw new InvalidDataException($"{file.Name} is the checkpoint of a training run: build the network, and go on with a Trainer that has its directory as Checkpoints and Resumes.");
        if (file.Header.Metadata.GetValueOrDefault(VersionName) is not { } version)
            throw new InvalidDataException($"{file.Name} holds weights and no network (its metadata lack '{VersionName}'): build the network, and load them with LoadWeights.");
        if (version != Version)
            throw new InvalidDataException($"{file.Name}: expected a network of version {Version}, found {version}.");

        NetworkState state = Json(file, StateName, NetworkJson.Default.NetworkState);
        Network<T> network = Build<T>(file, state.Seed);
        var match = TensorMatch<T>.Of(file.Name, LiveTensor<T>.Of(network), file.Tensors<T>());
        match.Report.RequireComplete("its architecture");
        match.Copy();
        Restore(file, network, state);
        return network;
    }

    // What a description asks for is checked by the layers and by what applications registered; whatever they object to, and however, is the file's fault.
    private static Network<T> Build<T>(SafetensorsFile file, long seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        try
        {
            (Shape input, IReadOnlyList<LayerDescription> layers) = ArchitectureJson.Read(file.Header.Metadata.GetValueOrDefault(ArchitectureName, string.Empty));
            using BuildLimit.Scope limit = BuildLimit.Enter(file.Header.Entries.Sum(entry => entry.Shape.Aggregate(1L, (count, dimension) => count * dimension)));
            return new Network<T>(input, [.. layers.Select(LayerRegistry.Create<T>)], seed);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new InvalidDataException($"{file.Name}: the network cannot be built from its '{ArchitectureName}': {Guard.Excerpt(error.Message, MostMessage)}", error);
        }
    }

    private static void Restore<T>(SafetensorsFile file, Network<T> network, NetworkState state)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        HashSet<string> frozen = [.. state.Frozen];
        if (state.Step is < 0 or > Guard.MostSteps || !frozen.IsSubsetOf(network.Parameters.Select(parameter => parameter.Name)))
            throw new InvalidDataException($"{file.Name}: '{StateName}' expects a step from 0 to {Guard.MostSteps} and names of the network's parameters, found step {Guard.Number(state.Step)} and frozen {Guard.Excerpt(string.Join(", ", frozen))}.");
        network.StepNumber = state.Step;
        foreach (Parameter<T> parameter in network.Parameters)
            parameter.Trainable = !frozen.Contains(parameter.Name);
        try
        {
            network.ClassNames = file.Header.Metadata.ContainsKey(MetadataNames.Classes) ? Json(file, MetadataNames.Classes, NetworkJson.Default.StringArray) : [];
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"{file.Name}: '{MetadataNames.Classes}': {error.Message}", error);
        }

        foreach ((string name, string text) in file.Header.Metadata.Where(item => !MetadataNames.IsReserved(item.Key)))
            network.Metadata[name] = text;
    }

    /// <summary>A part of the metadata that is JSON.</summary>
    /// <exception cref="InvalidDataException">It is not there, or is not what the format says.</exception>
    internal static TValue Json<TValue>(SafetensorsFile file, string name, JsonTypeInfo<TValue> type)
        where TValue : class
    {
        try
        {
            return JsonSerializer.Deserialize(file.Header.Metadata.GetValueOrDefault(name, string.Empty), type) ?? throw new InvalidDataException($"{file.Name}: '{name}' is null.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{file.Name}: '{name}' is not what version {Version} says: {error.Message}", error);
        }
    }
}
