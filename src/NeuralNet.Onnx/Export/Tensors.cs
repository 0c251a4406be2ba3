using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf;
using NeuralNet.Onnx.Schema;
using DataType = NeuralNet.Onnx.Schema.TensorProto.Types.DataType;

namespace NeuralNet.Onnx;

/// <summary>Numbers as initializers: their bytes as ONNX has them, the lowest first.</summary>
internal static class Tensors
{
    /// <summary>Numbers row by row; a scalar if there is no shape.</summary>
    public static TensorProto Of(string name, Shape? shape, ReadOnlySpan<float> numbers)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)DataType.Float, RawData = Bytes(MemoryMarshal.Cast<float, int>(numbers), BinaryPrimitives.ReverseEndianness) };
        foreach (int dimension in shape is null ? [] : shape.Dimensions)
            tensor.Dims.Add(dimension);
        return tensor;
    }

    /// <summary>A list of whole numbers.</summary>
    public static TensorProto Of(string name, ReadOnlySpan<long> numbers) =>
        new() { Name = name, DataType = (int)DataType.Int64, RawData = Bytes(numbers, BinaryPrimitives.ReverseEndianness), Dims = { numbers.Length } };

    private static ByteString Bytes<T>(ReadOnlySpan<T> numbers, Action<ReadOnlySpan<T>, Span<T>> reverse)
        where T : unmanaged
    {
        if (BitConverter.IsLittleEndian)
            return ByteString.CopyFrom(MemoryMarshal.AsBytes(numbers));
        var reversed = new T[numbers.Length];
        reverse(numbers, reversed);
        return ByteString.CopyFrom(MemoryMarshal.AsBytes<T>(reversed));
    }
}
