using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx;

/// <summary>A network as a model: its graph, and what a reader must know of it.</summary>
internal static class ModelExport
{
    private const int IrVersion = 8, Opset = 17;

    public static ModelProto Of<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckSize(network.Parameters.Sum(parameter => (long)parameter.Shape.Size) + network.States.Sum(state => (long)state.Shape.Size));
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "NeuralNet",
            ProducerVersion = MetadataNames.VersionOf(typeof(ModelExport).Assembly),
            Graph = new NetworkExport<T>(network).Write(),
            OpsetImport = { new OperatorSetIdProto { Version = Opset } },
        };
        ModelMetadata.Write(network, model);
        return model;
    }

    /// <summary>That a message of Protobuf can hold so many weights, with room for all else.</summary>
    public static void CheckSize(long numbers)
    {
        const long Room = 1 << 20, Most = (int.MaxValue - Room) / sizeof(float);
        if (numbers > Most)
            throw new NotSupportedException($"The network's {numbers} numbers are more than the {Most} that an ONNX file of 2 GiB holds.");
    }
}
