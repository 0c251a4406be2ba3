using System.Buffers;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx;

/// <summary>A network as a model: its graph, and what a reader must know of it.</summary>
internal static class ModelExport
{
    public const string ClassesKey = "neuralnet.classes", VersionKey = "neuralnet.version";

    private const int IrVersion = 8, Opset = 17;

    public static ModelProto Of<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckSize(network.Parameters.Sum(parameter => (long)parameter.Shape.Size) + network.States.Sum(state => (long)state.Shape.Size));
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "NeuralNet",
            ProducerVersion = VersionOf(typeof(ModelExport).Assembly),
            Graph = new NetworkExport<T>(network).Write(),
            OpsetImport = { new OperatorSetIdProto { Version = Opset } },
            MetadataProps = { new StringStringEntryProto { Key = VersionKey, Value = VersionOf(typeof(Network).Assembly) } },
        };
        if (network.ClassNames.Count > 0)
            model.MetadataProps.Add(new StringStringEntryProto { Key = ClassesKey, Value = Json(network.ClassNames) });
        return model;
    }

    /// <summary>That a message of Protobuf can hold so many weights, with room for all else.</summary>
    public static void CheckSize(long numbers)
    {
        const long Room = 1 << 20, Most = (int.MaxValue - Room) / sizeof(float);
        if (numbers > Most)
            throw new NotSupportedException($"The network's {numbers} numbers are more than the {Most} that an ONNX file of 2 GiB holds.");
    }

    // What stands behind a plus is the commit, by which the same network's files would differ.
    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? string.Empty;

    private static string Json(IReadOnlyList<string> names)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (string name in names)
                json.WriteStringValue(name);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
