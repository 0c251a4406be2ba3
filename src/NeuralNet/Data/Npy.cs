namespace NeuralNet;

/// <summary>Reads and writes NumPy's files of one array (<c>.npy</c>), and makes data sets of them; see <see cref="Npz"/> for several in an archive.</summary>
/// <remarks>
/// Read are versions 1.0, 2.0 and 3.0 of the format; numbers f2, f4, f8, i1 to i8, u1 to u8 and b1, of either order of bytes; arrays in C and in Fortran order, of any shape.
/// Written is version 1.0 in C order, byte for byte as NumPy writes it. A file is not trusted: whatever its header claims, memory stays in proportion to the bytes that it really holds.
/// </remarks>
/// <seealso href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NumPy, the npy format.</seealso>
public static class Npy
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The numbers and their shape.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// It is not a NumPy file of numbers (of objects or structures, for example), is truncated or goes on behind the last value, or claims more values than an array can hold.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NpyArray Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream file = InputFile.Open(path, "The NumPy file");
        return Read(new UntrustedFile(path, file, file.Length));
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream, at the beginning of an array.</param>
    /// <param name="name">What errors and the result call it.</param>
    /// <returns>The numbers and their shape.</returns>
    /// <exception cref="InvalidDataException">As for a file.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static NpyArray Read(Stream stream, string name = "the stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return Read(new UntrustedFile(name, stream, stream.CanSeek ? stream.Length - stream.Position : UntrustedFile.LikelyBytes(0)));
    }

    /// <summary>Writes a file.</summary>
    /// <typeparam name="T">float, double, int, long or byte; f4, f8, i4, i8 or u1 in the file.</typeparam>
    /// <param name="path">The file; replaced if it exists, once the new one is whole.</param>
    /// <param name="dimensions">The shape, each dimension at least 0; empty for a single number.</param>
    /// <param name="values">As many numbers as the shape holds, the last dimension running fastest.</param>
    /// <exception cref="ArgumentException">There are not as many numbers as the shape holds, or there are more than 64 dimensions.</exception>
    /// <exception cref="NotSupportedException">The type is none of those.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write<T>(string path, ReadOnlySpan<int> dimensions, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        NpyHeader header = Header<T>(dimensions, values.Length);
        AtomicFile.Write(path, values, (file, values) => Write(file, header, values));
    }

    /// <summary>Writes to a stream.</summary>
    /// <typeparam name="T">float, double, int, long or byte; f4, f8, i4, i8 or u1 in the file.</typeparam>
    /// <param name="stream">The stream.</param>
    /// <param name="dimensions">The shape, each dimension at least 0; empty for a single number.</param>
    /// <param name="values">As many numbers as the shape holds, the last dimension running fastest.</param>
    /// <exception cref="ArgumentException">There are not as many numbers as the shape holds, or there are more than 64 dimensions.</exception>
    /// <exception cref="NotSupportedException">The type is none of those.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write<T>(Stream stream, ReadOnlySpan<int> dimensions, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        Write(stream, Header<T>(dimensions, values.Length), values);
    }

    /// <summary>Writes a matrix, <c>[rows, columns]</c>.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="path">The file; overwritten if it exists.</param>
    /// <param name="matrix">The matrix.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write<T>(string path, Matrix<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Precision<T>();
        ArgumentNullException.ThrowIfNull(matrix);
        Write<T>(path, [matrix.RowCount, matrix.ColumnCount], matrix.ToRowMajorArray());
    }

    /// <summary>Makes a data set of features and targets.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="features">The features; the first dimension counts the samples, the others are the shape of one.</param>
    /// <param name="targets">The targets, likewise.</param>
    /// <returns>A new data set.</returns>
    /// <exception cref="InvalidDataException">An array has no samples, their numbers differ, or a number does not fit into the precision.</exception>
    /// <exception cref="NotSupportedException">The precision is neither <see langword="float"/> nor <see langword="double"/>.</exception>
    public static ArrayDataset<T> ToDataset<T>(NpyArray features, NpyArray targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Precision<T>();
        (Shape featureShape, int count) = Samples(features);
        (Shape targetShape, int targetCount) = Samples(targets);
        return targetCount == count
            ? new ArrayDataset<T>(featureShape, features.ToArray<T>(), targetShape, targets.ToArray<T>())
            : throw new InvalidDataException($"{targets}: expected {count} targets, one for each sample of {features}, found {targetCount}.");
    }

    /// <summary>Makes a data set of features and class labels.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="features">The features; the first dimension counts the samples, the others are the shape of one.</param>
    /// <param name="labels">The class of each sample, whole numbers from 0 to <paramref name="classes"/> - 1 of any type (0 or 1 for one class), as many as samples.</param>
    /// <param name="classes">The number of classes and of columns of the targets, at least 1 (1: two classes in one column, see <see cref="OneHot"/>).</param>
    /// <returns>A new data set.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no classes.</exception>
    /// <exception cref="InvalidDataException">An array has no samples, their numbers differ, a label is out of range, or a number does not fit into the precision.</exception>
    /// <exception cref="NotSupportedException">The precision is neither <see langword="float"/> nor <see langword="double"/>.</exception>
    public static ArrayDataset<T> ToDataset<T>(NpyArray features, NpyArray labels, int classes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Precision<T>();
        Guard.AtLeast(1, classes, nameof(classes));
        (Shape featureShape, int count) = Samples(features);
        (Shape labelShape, int labelCount) = Samples(labels);
        if (labelShape.Size != 1)
            throw new InvalidDataException($"{labels}: expected one label for each sample, found {labelShape.Size}. Targets that are one-hot already need no number of classes.");
        if (labelCount != count)
            throw new InvalidDataException($"{labels}: expected {count} labels, one for each sample of {features}, found {labelCount}.");

        int[] numbers = labels.ToArray<int>();
        int most = Math.Max(classes, 2) - 1, wrong = Array.FindIndex(numbers, label => label < 0 || label > most);
        if (wrong >= 0)
            throw new InvalidDataException($"{labels}: labels must be from 0 to {most}, found {numbers[wrong]} at index {wrong}.");
        return new ArrayDataset<T>(featureShape, features.ToArray<T>(), numbers, classes);
    }

    internal static NpyArray Read(UntrustedFile file)
    {
        NpyHeader header = NpyHeader.Read(file);
        return header.Type switch
        {
            "b1" => ReadBooleans(file, header),
            "u1" => Read<byte>(file, header),
            "i1" => Read<sbyte>(file, header),
            "u2" => Read<ushort>(file, header),
            "i2" => Read<short>(file, header),
            "u4" => Read<uint>(file, header),
            "i4" => Read<int>(file, header),
            "u8" => Read<ulong>(file, header),
            "i8" => Read<long>(file, header),
            "f2" => Read<Half>(file, header),
            "f4" => Read<float>(file, header),
            _ => Read<double>(file, header),
        };
    }

    private static NpyArray Read<T>(UntrustedFile file, NpyHeader header)
        where T : unmanaged
    {
        T[] values = file.ReadValues<T>(header.Count, header.Shape);
        if (header.IsBigEndian == BitConverter.IsLittleEndian)
            LittleEndian.ReverseBytes<T>(values);
        return new NpyArray(file.Name, header.Type, header.Dimensions, header.IsFortranOrder ? LastDimensionFastest(values, header.Dimensions) : values);
    }

    private static NpyArray ReadBooleans(UntrustedFile file, NpyHeader header)
    {
        byte[] values = file.ReadValues<byte>(header.Count, header.Shape);
        int wrong = values.AsSpan().IndexOfAnyExcept((byte)0, (byte)1);
        if (wrong >= 0)
            throw new InvalidDataException($"{file.Name}: expected 0 or 1 for false or true, found {values[wrong]} at index {wrong}.");
        return new NpyArray(file.Name, header.Type, header.Dimensions, header.IsFortranOrder ? LastDimensionFastest(values, header.Dimensions) : values);
    }

    // Walks through the result in order, and through the source as the odometer of the dimensions goes.
    private static T[] LastDimensionFastest<T>(T[] values, int[] dimensions)
    {
        var result = new T[values.Length];
        var place = new int[dimensions.Length];
        var steps = new int[dimensions.Length];
        for (int axis = 0, step = 1; axis < dimensions.Length; step *= dimensions[axis++])
            steps[axis] = step;

        int source = 0;
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = values[source];
            for (int axis = dimensions.Length - 1; axis >= 0; axis--)
            {
                source += steps[axis];
                if (++place[axis] < dimensions[axis])
                    break;
                source -= steps[axis] * dimensions[axis];
                place[axis] = 0;
            }
        }

        return result;
    }

    private static NpyHeader Header<T>(ReadOnlySpan<int> dimensions, int count)
        where T : unmanaged
    {
        string type = typeof(T) == typeof(float) ? "f4" : typeof(T) == typeof(double) ? "f8" : typeof(T) == typeof(int) ? "i4" : typeof(T) == typeof(long) ? "i8"
            : typeof(T) == typeof(byte) ? "u1" : throw new NotSupportedException($"A NumPy file is written of float, double, int, long or byte; got {typeof(T).Name}.");
        Guard.ArrayShape(dimensions, count);
        return new NpyHeader(IsBigEndian: false, type, IsFortranOrder: false, dimensions.ToArray());
    }

    private static void Write<T>(Stream stream, NpyHeader header, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        stream.Write(header.ToBytes());
        LittleEndian.Write(stream, values);
    }

    private static (Shape Shape, int Count) Samples(NpyArray array)
    {
        ArgumentNullException.ThrowIfNull(array);
        ReadOnlySpan<int> dimensions = array.Dimensions;
        if (array.Count == 0 || dimensions.IsEmpty)
            throw new InvalidDataException($"{array}: expected an array whose first dimension counts the samples, at least one, found {(dimensions.IsEmpty ? "a single number" : "no numbers")}.");
        return (dimensions.Length == 1 ? 1 : new Shape(dimensions[1..]), dimensions[0]);
    }
}
