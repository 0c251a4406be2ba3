using Google.Protobuf;

namespace NeuralNet.Onnx;

/// <summary>Writes networks as ONNX models, for any runtime that reads them.</summary>
/// <remarks>
/// <para>
/// A model is of opset 17 and IR version 8. Its input is <c>input</c>, <c>[N, ...]</c> of any number N of samples and the network's <see cref="Network{T}.InputShape"/>; its output is <c>output</c>,
/// <c>[N, ...]</c> of its <see cref="Network{T}.OutputShape"/>: what <see cref="Network{T}.Predict(Matrix{T})"/> gives, with a loss what its head makes of the scores. Dropout does nothing, as in every prediction.
/// </para>
/// <para>
/// Numbers are written in float, whatever the network's precision; those of a double network are rounded. Weights keep their names, <c>0.weight</c>, and their layout; a node is named by
/// its layer's place and kind, <c>0.Affine</c>. The same network is written as the same bytes. The metadata hold the version of the library, <c>neuralnet.version</c>, and the names of the
/// classes, if there are any, as a JSON array, <c>neuralnet.classes</c>; and what <see cref="Network{T}.Metadata"/> holds.
/// </para>
/// <para>
/// What other runtimes do differently at the edges: minus infinity becomes NaN in <see cref="Silu{T}"/>, <see cref="Gelu{T}"/> and <see cref="HardSwish{T}"/>, which here give the
/// limit 0. An index that an <see cref="Embedding{T}"/> refuses is refused there in other words, or taken: a fraction is cut off, and -1 is the last of the table.
/// </para>
/// </remarks>
public static class OnnxExport
{
    /// <summary>Writes a network as an ONNX file.</summary>
    /// <remarks>The file is written beside its place and then moved there, so that a crash leaves either the old file or the new one.</remarks>
    /// <typeparam name="T">The network's precision; the file's is float.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; overwritten if it exists.</param>
    /// <exception cref="InvalidOperationException">A text of <see cref="Network{T}.Metadata"/> bears a name of the file's own, or is not Unicode.</exception>
    /// <exception cref="NotSupportedException">A layer has no ONNX form, a number is larger than any float, or there are more numbers than a file holds, 2 GiB.</exception>
    /// <exception cref="IOException">The file cannot be written; an old one is still there.</exception>
    public static void SaveOnnx<T>(this Network<T> network, string path)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, ModelExport.Of(network).WriteTo);
    }

    /// <summary>Writes a network as an ONNX model into a stream, which stays open.</summary>
    /// <typeparam name="T">The network's precision; the model's is float.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="stream">The stream, written from where it stands.</param>
    /// <exception cref="InvalidOperationException">A text of <see cref="Network{T}.Metadata"/> bears a name of the file's own, or is not Unicode.</exception>
    /// <exception cref="NotSupportedException">A layer has no ONNX form, a number is larger than any float, or there are more numbers than a model holds, 2 GiB.</exception>
    public static void SaveOnnx<T>(this Network<T> network, Stream stream)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        ModelExport.Of(network).WriteTo(stream);
    }

    /// <summary>Gives a custom kind of layer its ONNX form, once at the start of the application.</summary>
    /// <remarks>A layer of layers makes the nodes of all of them: its children are not at hand.</remarks>
    /// <example>
    /// <c>y = x·σ(x)</c>:
    /// <code>OnnxExport.Register("Swish", layer => layer.Node("Mul", layer.Input, layer.Node("Sigmoid", layer.Input).Output).Output);</code>
    /// </example>
    /// <param name="kind">The kind that the layer's <see cref="ILayer{T}.Describe"/> gives; by default the name of its type.</param>
    /// <param name="export">Adds the layer's nodes, of ONNX's operators up to opset 17, and returns the name of its output, <c>[N, ...]</c> of <see cref="OnnxLayer.OutputShape"/>.</param>
    /// <exception cref="ArgumentException">The kind has a form already.</exception>
    public static void Register(string kind, Func<OnnxLayer, string> export)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentNullException.ThrowIfNull(export);
        if (!ExportTable.TryAdd(kind, export))
            throw new ArgumentException($"A layer of kind {kind} has an ONNX form already.", nameof(kind));
    }
}
