using System.Buffers.Binary;
using NeuralNet.Onnx.Schema;
using DataType = NeuralNet.Onnx.Schema.TensorProto.Types.DataType;

namespace NeuralNet.Onnx;

/// <summary>The numbers of a file's tensors, from their raw bytes or from the field of their type.</summary>
internal static class TensorReader
{
    /// <summary>Checks that a tensor holds as many numbers as its dimensions claim, before anything is allocated for them.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="what">What it is, at the beginning of a sentence.</param>
    /// <returns>How many numbers it holds.</returns>
    public static int Check(TensorProto tensor, string what)
    {
        if (tensor.DataLocation != TensorProto.Types.DataLocation.Default)
            throw new InvalidDataException($"{what} has its data outside of the file, which is not supported: save the model in one file.");
        if (tensor.Dims.Count > Axes.MaxRank)
            throw new InvalidDataException($"{what} has {tensor.Dims.Count} dimensions; at most {Axes.MaxRank} are supported.");
        if (tensor.Dims.Any(dimension => dimension is < 0 or > int.MaxValue) || Dimension.Product(tensor.Dims.Select(dimension => (int)dimension)) is not { } count)
            throw new InvalidDataException($"{what} has the dimensions {Excerpt.List(tensor.Dims)}, which make no tensor that fits into memory.");
        (int expected, int found, string unit) = tensor.HasRawData
            ? (count * (long)Size(tensor, what) is <= int.MaxValue and var bytes ? (int)bytes : int.MaxValue, tensor.RawData.Length, "bytes")
            : (count, Field(tensor, what), "numbers");
        return expected == found ? count : throw new InvalidDataException($"{what} of the dimensions {Excerpt.List(tensor.Dims)} expects {expected} {unit}, found {found}.");
    }

    /// <summary>Reads the numbers.</summary>
    /// <inheritdoc cref="Check"/>
    public static Tensor Read(TensorProto tensor, string what)
    {
        int count = Check(tensor, what);
        int[] dimensions = [.. tensor.Dims.Select(dimension => (int)dimension)];
        ReadOnlySpan<byte> raw = tensor.RawData.Span;
        if (IsReal(Type(tensor)))
        {
            double[] reals = new double[count];
            for (int i = 0; i < count; i++)
                reals[i] = tensor.HasRawData ? Real(Type(tensor), raw, i) : Real(tensor, i);
            return new(dimensions, reals);
        }

        long[] integers = new long[count];
        for (int i = 0; i < count; i++)
            integers[i] = tensor.HasRawData ? Integer(Type(tensor), raw, i) : Integer(tensor, i);
        return new(dimensions, integers);
    }

    public static bool IsReal(DataType type) => type is DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16;

    private static DataType Type(TensorProto tensor) => (DataType)tensor.DataType;

    private static int Size(TensorProto tensor, string what) => Type(tensor) switch
    {
        DataType.Double or DataType.Int64 or DataType.Uint64 => 8,
        DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
        DataType.Float16 or DataType.Bfloat16 or DataType.Int16 or DataType.Uint16 => 2,
        DataType.Int8 or DataType.Uint8 or DataType.Bool => 1,
        _ => throw Unsupported(tensor, what),
    };

    private static int Field(TensorProto tensor, string what) => Type(tensor) switch
    {
        DataType.Float => tensor.FloatData.Count,
        DataType.Double => tensor.DoubleData.Count,
        DataType.Int64 => tensor.Int64Data.Count,
        DataType.Uint32 or DataType.Uint64 => tensor.Uint64Data.Count,
        DataType.Float16 or DataType.Bfloat16 or DataType.Int32 or DataType.Int16 or DataType.Uint16 or DataType.Int8 or DataType.Uint8 or DataType.Bool => tensor.Int32Data.Count,
        _ => throw Unsupported(tensor, what),
    };

    private static InvalidDataException Unsupported(TensorProto tensor, string what) =>
        new($"{what} is of the type {(Enum.IsDefined(Type(tensor)) ? Type(tensor).ToString().ToUpperInvariant() : tensor.DataType)}; supported are real and whole numbers and truth values.");

    private static double Real(DataType type, ReadOnlySpan<byte> raw, int i) => type switch
    {
        DataType.Float => BinaryPrimitives.ReadSingleLittleEndian(raw[(4 * i)..]),
        DataType.Double => BinaryPrimitives.ReadDoubleLittleEndian(raw[(8 * i)..]),
        _ => Short(type, BinaryPrimitives.ReadUInt16LittleEndian(raw[(2 * i)..])),
    };

    private static double Real(TensorProto tensor, int i) => Type(tensor) switch
    {
        DataType.Float => tensor.FloatData[i],
        DataType.Double => tensor.DoubleData[i],
        var type => Short(type, (ushort)tensor.Int32Data[i]),
    };

    private static double Short(DataType type, ushort bits) =>
        type == DataType.Float16 ? (double)BitConverter.UInt16BitsToHalf(bits) : BitConverter.Int32BitsToSingle(bits << 16);

    private static long Integer(DataType type, ReadOnlySpan<byte> raw, int i) => type switch
    {
        DataType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(raw[(8 * i)..]),
        DataType.Uint64 => (long)BinaryPrimitives.ReadUInt64LittleEndian(raw[(8 * i)..]),
        DataType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(raw[(4 * i)..]),
        DataType.Uint32 => BinaryPrimitives.ReadUInt32LittleEndian(raw[(4 * i)..]),
        DataType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(raw[(2 * i)..]),
        DataType.Uint16 => BinaryPrimitives.ReadUInt16LittleEndian(raw[(2 * i)..]),
        DataType.Int8 => (sbyte)raw[i],
        _ => raw[i],
    };

    private static long Integer(TensorProto tensor, int i) => Type(tensor) switch
    {
        DataType.Int64 => tensor.Int64Data[i],
        DataType.Uint32 or DataType.Uint64 => (long)tensor.Uint64Data[i],
        _ => tensor.Int32Data[i],
    };
}
