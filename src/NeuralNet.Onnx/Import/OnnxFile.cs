using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx;

/// <summary>Networks in ONNX files.</summary>
public static class OnnxFile
{
    /// <summary>Reads a network from an ONNX file, as PyTorch's or Keras' exporters write them for feed-forward and convolutional networks. It predicts as the file does, and can go on training.</summary>
    /// <remarks>
    /// <para>
    /// The graph has one input and one output, whose first dimension is the samples, and is made of chains, residual sums and concatenations. Several operators that together are one layer, such as
    /// the parts of a Gelu or a group normalisation, become that layer. Operator sets 7 to 24 are read. Values are converted to the precision; layers that share values in the file get a copy each.
    /// </para>
    /// <para>
    /// Images stand in channel, height, width order, as everywhere in the library: where a file of Keras takes height, width, channels and transposes them, <see cref="Network{T}.InputShape"/> has the
    /// channels first and samples are given so; weights behind a flattened image are reordered to match. An <see cref="Embedding{T}"/> takes its indices as numbers of the precision.
    /// </para>
    /// <para>
    /// A loss comes last. Where the graph ends in the loss's own head, Softmax or LogSoftmax before <see cref="SoftmaxWithLoss{T}"/>, <see cref="Focal{T}"/> and <see cref="KullbackLeibler{T}"/>, Sigmoid before
    /// <see cref="SigmoidWithLoss{T}"/>, the loss takes its place, and Predict gives probabilities. Behind anything else the loss's head is put. Names of classes in the metadata <c>neuralnet.classes</c>, a JSON array, become
    /// <see cref="Network{T}.ClassNames"/> if they fit the outputs, and further texts <see cref="Network{T}.Metadata"/>. Initial values of no layer are drawn, so the seed serves only layers such as <see cref="Dropout{T}"/>.
    /// </para>
    /// </remarks>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="loss">What to train for; by default nothing, and the network only predicts.</param>
    /// <param name="seed">What fixes all randomness of the network; if left out, one is drawn and kept.</param>
    /// <returns>The network.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or has an operator, an attribute or a form of graph that no layer stands for: the message names the file and the node.</exception>
    /// <exception cref="ArgumentException">The loss does not fit the network's output.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="NotSupportedException">The precision is neither <see langword="float"/> nor <see langword="double"/>.</exception>
    public static Network<T> Load<T>(string path, ILossLayer<T>? loss = null, long? seed = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream file = InputFile.Open(path, "The ONNX file");
        return Load(Bytes(file), path, loss, seed);
    }

    /// <summary>Reads a network from a stream, from its position to its end.</summary>
    /// <param name="stream">The stream; left open.</param>
    /// <param name="loss">What to train for; by default nothing, and the network only predicts.</param>
    /// <param name="seed">What fixes all randomness of the network; if left out, one is drawn and kept.</param>
    /// <inheritdoc cref="Load{T}(string, ILossLayer{T}, long?)"/>
    public static Network<T> Load<T>(Stream stream, ILossLayer<T>? loss = null, long? seed = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Load(Bytes(stream), (stream as FileStream)?.Name ?? "The stream", loss, seed);
    }

    private static ReadOnlySpan<byte> Bytes(Stream stream)
    {
        long length = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : 0;
        if (length > Array.MaxLength)
            throw new InvalidDataException($"The file has {length} bytes; an ONNX file has less than 2 GiB, with the weights of larger ones in files of their own, which are not supported.");
        var bytes = new MemoryStream((int)length);
        stream.CopyTo(bytes);
        return bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
    }

    private static Network<T> Load<T>(ReadOnlySpan<byte> bytes, string name, ILossLayer<T>? loss, long? seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"The precision must be float or double; got {typeof(T).Name}.");
        try
        {
            ModelProto model = ModelReader.Parse(bytes);
            var graph = new ModelGraph(model);
            Value<T> output = new GraphTranslation<T>(graph, new MemoryBudget(bytes.Length)).Run();
            Network<T> network = NetworkAssembly<T>.Build(graph, output, loss, seed);
            ModelMetadata.Read(model, network);
            return network;
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{name}: {e.Message}", e);
        }
    }
}
