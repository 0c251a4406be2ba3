using System.Globalization;

namespace NeuralNet;

/// <summary>What a NumPy file holds: numbers of one type and their shape.</summary>
public sealed class NpyArray
{
    private readonly int[] dimensions;
    private readonly Array values;

    internal NpyArray(string name, string numberType, int[] dimensions, Array values) => (Name, NumberType, this.dimensions, this.values) = (name, numberType, dimensions, values);

    /// <summary>The file it was read from; of an archive, the file and the array's name in it.</summary>
    public string Name { get; }

    /// <summary>The type of the numbers in the file as NumPy writes it, without the order of the bytes: <c>f4</c>, <c>u1</c>, <c>i8</c>, <c>b1</c> ...</summary>
    public string NumberType { get; }

    /// <summary>The shape: none for a single number; a dimension may be 0.</summary>
    public ReadOnlySpan<int> Dimensions => dimensions;

    /// <summary>How many numbers there are.</summary>
    public int Count => values.Length;

    /// <summary>The numbers in another type, the last dimension running fastest.</summary>
    /// <remarks>To a type with fractions they are rounded; to whole numbers they must be whole and in the type's range. False is 0, true is 1.</remarks>
    /// <typeparam name="T">The type: float, double, int, long, byte or another number.</typeparam>
    /// <returns>A new array.</returns>
    /// <exception cref="InvalidDataException">A number does not fit into the type.</exception>
    public T[] ToArray<T>()
        where T : unmanaged, INumber<T> => NumberType switch
        {
            "b1" or "u1" => Convert<byte, T>(),
            "i1" => Convert<sbyte, T>(),
            "u2" => Convert<ushort, T>(),
            "i2" => Convert<short, T>(),
            "u4" => Convert<uint, T>(),
            "i4" => Convert<int, T>(),
            "u8" => Convert<ulong, T>(),
            "i8" => Convert<long, T>(),
            "f2" => Convert<Half, T>(),
            "f4" => Convert<float, T>(),
            _ => Convert<double, T>(),
        };

    /// <summary>Where it was read from, the type and the shape.</summary>
    /// <returns>For example <c>images.npy u1 [60000, 28, 28]</c>.</returns>
    public override string ToString() => $"{Name} {NumberType} [{string.Join(", ", dimensions)}]";

    private T[] Convert<TSource, T>()
        where TSource : unmanaged, INumber<TSource>
        where T : unmanaged, INumber<T>
    {
        var source = (TSource[])values;
        if (typeof(TSource) == typeof(T))
            return (T[])source.Clone();

        var converted = new T[source.Length];
        bool isWhole = T.CreateTruncating(0.5) == T.Zero;
        for (int i = 0; i < converted.Length; i++)
        {
            if (!TryConvert(source[i], isWhole, out converted[i]))
                throw new InvalidDataException($"{this}: expected numbers that fit into {typeof(T).Name}, found {source[i].ToString(null, CultureInfo.InvariantCulture)} at index {i}.");
        }

        return converted;
    }

    private static bool TryConvert<TSource, T>(TSource number, bool toWhole, out T converted)
        where TSource : unmanaged, INumber<TSource>
        where T : unmanaged, INumber<T>
    {
        converted = T.Zero;
        if (toWhole && !TSource.IsInteger(number))
            return false;
        try
        {
            converted = T.CreateChecked(number);
        }
        catch (OverflowException)
        {
            return false;
        }

        return T.IsFinite(converted) || !TSource.IsFinite(number);
    }
}
