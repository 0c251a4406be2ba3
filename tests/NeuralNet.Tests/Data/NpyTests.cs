using System.Text;
using System.Text.Json;

namespace NeuralNet.Tests;

public class NpyTests
{
    private static readonly string[] Names = [.. GoldenFile.Names("npy").Where(name => GoldenFile.Row("npy", name).TryGetProperty("values", out _))];

    public static TheoryData<string> GoldenRows => [.. Names];

    [Theory, MemberData(nameof(GoldenRows))]
    public void A_file_of_NumPy_is_read(string name)
    {
        JsonElement row = GoldenFile.Row("npy", name);
        NpyArray array = Read(Bytes(row));

        array.Dimensions.ToArray().Should().Equal(row.Numbers("shape").Select(dimension => (int)dimension));
        array.ToArray<double>().Should().Equal(row.Numbers("values"));
        array.Count.Should().Be(row.Numbers("values").Length);
        if (name.Length == 3)
            array.NumberType.Should().Be(name[1..]);
    }

    [Theory]
    [InlineData("<f4")]
    [InlineData("<f8")]
    [InlineData("<i4")]
    [InlineData("<i8")]
    [InlineData("|u1")]
    [InlineData("C ()")]
    [InlineData("C (0,)")]
    [InlineData("C (3,)")]
    [InlineData("C (2, 0, 4)")]
    [InlineData("C (2, 3, 4)")]
    [InlineData("version 1")]
    public void What_is_written_is_byte_for_byte_what_NumPy_writes(string name)
    {
        byte[] file = Bytes(GoldenFile.Row("npy", name));
        NpyArray array = Read(file);
        byte[] written = array.NumberType switch
        {
            "f4" => Written<float>(array),
            "f8" => Written<double>(array),
            "i4" => Written<int>(array),
            "i8" => Written<long>(array),
            _ => Written<byte>(array),
        };

        Convert.ToHexString(written).Should().Be(Convert.ToHexString(file));
    }

    [Fact]
    public void Files_and_matrices_are_written_and_read()
    {
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.FullName, "matrix.npy");
        Npy.Write(path, Make.Rows([1, 2, 3], [4, 5, 6]));
        NpyArray array = Npy.Read(path);

        array.ToArray<double>().Should().Equal(1, 2, 3, 4, 5, 6);
        array.ToString().Should().Be($"{path} f8 [2, 3]");
        Npy.Write<float>(path, [2], [1.5f, float.NaN]);
        Npy.Read(path).ToArray<float>().Should().Equal(1.5f, float.NaN);
        FluentActions.Invoking(() => Npy.Read(path + "x")).Should().Throw<FileNotFoundException>().WithMessage($"The NumPy file {path}x does not exist.");
    }

    [Fact]
    public void A_header_of_any_length_is_padded_as_NumPy_pads_it()
    {
        foreach (JsonElement row in GoldenFile.Row("npy", "lengths").GetProperty("lengths").EnumerateArray())
        {
            int[] shape = [.. row.Numbers("shape").Select(dimension => (int)dimension)];
            using var stream = new MemoryStream();
            Npy.Write<byte>(stream, shape, []);
            stream.Length.Should().Be((long)row.Number("length"), "NumPy writes so many bytes for [{0}]", string.Join(", ", shape));
            Read(stream.ToArray()).Dimensions.ToArray().Should().Equal(shape);
        }
    }

    [Fact]
    public void Numbers_are_converted_where_they_fit()
    {
        NpyArray array = Array("<f8", 3.0, -1.0, 2.5);
        array.ToArray<float>().Should().Equal(3f, -1f, 2.5f);
        Wrong(() => array.ToArray<int>(), "*expected numbers that fit into Int32, found 2.5 at index 2.");
        Wrong(() => Array("<f8", 2147483648.0).ToArray<int>(), "*expected numbers that fit into Int32, found 2147483648 at index 0.");
        Wrong(() => Array("<f8", double.NaN).ToArray<int>(), "*expected numbers that fit into Int32, found NaN at index 0.");
        Wrong(() => Array("<f8", 1, -1).ToArray<byte>(), "*expected numbers that fit into Byte, found -1 at index 1.");
        Wrong(() => Array("<f8", 1e300).ToArray<float>(), "*expected numbers that fit into Single, found 1E+300 at index 0.");
        Wrong(() => Array("<f8", 1e5).ToArray<Half>(), "*expected numbers that fit into Half, found 100000 at index 0.");
        Array("<f8", double.NegativeInfinity, double.NaN).ToArray<float>().Should().Equal(float.NegativeInfinity, float.NaN);

        static void Wrong(Action action, string message) => action.Should().Throw<InvalidDataException>().WithMessage(message);
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }")]
    [InlineData("{\"shape\":(1,),\"descr\":\"<f4\",\"fortran_order\":False}")]
    [InlineData("  { 'descr' : '<f4' , 'fortran_order' : True , 'shape' : ( 1 , ) } \n\n ")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1,)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': ( )}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1L, 1L), }")]
    public void A_header_may_be_written_in_other_ways(string header) => Read(File(header, [0, 0, 128, 63])).ToArray<float>().Should().Equal(1);

    [Theory]
    [InlineData("", "'{', found its end")]
    [InlineData("{}", "the keys 'descr', 'fortran_order' and 'shape', found not all of them")]
    [InlineData("{'descr': '<f4', 'shape': (1,)}", "found not all of them")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}", "each of the keys 'descr', 'fortran_order' and 'shape' once, found 'more'")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", "once, found 'descr'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x", "nothing but spaces behind the dictionary, found 'x' at its place 56")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1)}", "a tuple, such as (3,), found a number in brackets")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1 1)}", "separated by commas, found '1'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (,)}", "a dimension, a whole number of at least 0, found ','")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (L,)}", "a dimension, a whole number of at least 0, found 'L'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1LL,)}", "separated by commas, found 'L'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}", "a dimension, a whole number of at least 0, found '-'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (01,)}", "a dimension from 0 to 2147483647, found 01")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,)}", "a dimension from 0 to 2147483647, found 99999999999")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536)}", "at most the 2147483591 values that fit into one array, found the shape (65536, 65536)")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536, 65536, 65536, 65536, 65536, 65536, 65536, 65536)}", "at most the 2147483591 values")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}", "True or False, found '0'")]
    [InlineData("{'descr': '<f16', 'fortran_order': False, 'shape': (1,)}", "found '<f16'")]
    [InlineData("{'descr': '|f4', 'fortran_order': False, 'shape': (1,)}", "found '|f4'")]
    [InlineData("{'descr': 'f4', 'fortran_order': False, 'shape': (1,)}", "found 'f4'")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", "Python objects, '|O', which only Python can read")]
    [InlineData("{'descr': '<f4, 'fortran_order': False, 'shape': (1,)}", "found '<f4, '")]
    [InlineData("{descr: 1}", "a string in quotes, found 'd' at its place 1")]
    [InlineData("{'descr", "a string in quotes, found '''")]
    public void A_wrong_header_is_told_in_words(string header, string message) =>
        FluentActions.Invoking(() => Read(File(header, [0, 0, 128, 63]))).Should().Throw<InvalidDataException>().WithMessage("test: expected in its header *").Which.Message.Should().Contain(message);

    [Fact]
    public void Files_that_are_no_arrays_of_numbers_are_told_in_words()
    {
        Wrong(Bytes(GoldenFile.Row("npy", "objects")), "*Python objects, '|O', which only Python can read.");
        Wrong(Bytes(GoldenFile.Row("npy", "structured")), "*found a structured type.");
        Wrong(Bytes(GoldenFile.Row("npy", "complex")), "*found '<c16'.");
        Wrong(Bytes(GoldenFile.Row("npy", "text")), "*found '<U3'.");
        Wrong([], "test is truncated in its header: expected 8 bytes of its magic string and version, found 0.");
        Wrong(Encoding.ASCII.GetBytes("PK345678"), "test is not a NumPy file: expected the bytes 93 4e 55 4d 50 59 at its beginning, found 504b33343536.");
        byte[] whole = File("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", [0, 0, 128, 63, 0, 0, 0, 64]);
        Wrong([.. whole[..6], 4, .. whole[7..]], "test: expected version 1.0, 2.0 or 3.0 of the format, found 4.0.");
        Wrong([.. whole[..6], 2, 0, 255, 255, 255, 255, .. whole[10..]], "test: expected a header of at most 65536 bytes, found 4294967295.");
        Wrong(whole[..20], "test is truncated in its header: expected *bytes of its header, found 10.");
        Wrong(whole[..^1], "test is truncated: its header (2,) claims 2 values, found 1.");
        Wrong([.. whole, 0], "test goes on behind its last value: its header (2,) claims 2 values, found more.");
        Wrong(File("{'descr': '|b1', 'fortran_order': False, 'shape': (2,)}", [1, 2]), "test: expected 0 or 1 for false or true, found 2 at index 1.");
        Wrong(File("{'descr': '<f8', 'fortran_order': False, 'shape': (2000000000,)}", [1, 2]), "test is truncated: its header (2000000000,) claims 2000000000 values, found 0.");

        static void Wrong(byte[] bytes, string message) => FluentActions.Invoking(() => Read(bytes)).Should().Throw<InvalidDataException>().WithMessage(message);
    }

    [Fact]
    public void Wrong_arguments_are_told_in_words()
    {
        using var stream = new MemoryStream();
        FluentActions.Invoking(() => Npy.Write<float>(stream, [2, 3], new float[5])).Should().Throw<ArgumentException>().WithMessage("An array of shape [2, 3] expects 6 values, got 5.*");
        FluentActions.Invoking(() => Npy.Write<float>(stream, [-1], [])).Should().Throw<ArgumentOutOfRangeException>().WithMessage("dimensions must be at least 0; got -1.*");
        FluentActions.Invoking(() => Npy.Write<float>(stream, new int[65], [])).Should().Throw<ArgumentException>().WithMessage("An array has at most 64 dimensions; got 65.*");
        FluentActions.Invoking(() => Npy.Write<short>(stream, [1], [1])).Should().Throw<NotSupportedException>().WithMessage("*float, double, int, long or byte; got Int16.");
        stream.Length.Should().Be(0);
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_read_in_parts()
    {
        var values = new float[100_000];
        new CounterRandom(1).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
        using var file = new MemoryStream();
        Npy.Write<float>(file, [values.Length], values);
        using var compressed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(compressed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(file.ToArray());
        compressed.Position = 0;
        using var unpacked = new System.IO.Compression.GZipStream(compressed, System.IO.Compression.CompressionMode.Decompress);

        Npy.Read(unpacked).ToArray<float>().Should().Equal(values);
    }

    [Fact]
    public void Data_sets_are_made_of_arrays()
    {
        NpyArray features = Shaped("<f4", [2, 1, 2, 3], [.. Enumerable.Range(0, 12).Select(i => (double)i)]);
        ArrayDataset<float> labelled = Npy.ToDataset<float>(features, Array("|u1", 2, 0), classes: 3);
        (labelled.Count, labelled.FeatureShape, labelled.TargetShape).Should().Be((2, new Shape(1, 2, 3), new Shape(3)));
        labelled.Labels.ToArray().Should().Equal(2, 0);

        ArrayDataset<double> regression = Npy.ToDataset<double>(features, Array("<f8", 0.5, 1.5));
        Matrix<double> x = Matrix<double>.Build.Dense(1, 6), t = Matrix<double>.Build.Dense(1, 1);
        regression.CopyBatch([1], x, t);
        x.ToRowMajorArray().Should().Equal(6, 7, 8, 9, 10, 11);
        t[0, 0].Should().Be(1.5);
        Npy.ToDataset<float>(features, Shaped("<i8", [2, 1], [1, 0]), classes: 1).TargetShape.Should().Be(new Shape(1));

        Wrong(() => Npy.ToDataset<float>(features, Array("|u1", 1), 3), "test u1 [1]: expected 2 labels, one for each sample of test f4 [2, 1, 2, 3], found 1.");
        Wrong(() => Npy.ToDataset<float>(features, Array("|u1", 1, 3), 3), "test u1 [2]: labels must be from 0 to 2, found 3 at index 1.");
        Wrong(() => Npy.ToDataset<float>(features, Array("<f8", 0.5, 1), 3), "*expected numbers that fit into Int32, found 0.5 at index 0.");
        Wrong(() => Npy.ToDataset<float>(features, Shaped("|u1", [2, 2], [0, 1, 1, 0]), 2), "*expected one label for each sample, found 2.*");
        Wrong(() => Npy.ToDataset<float>(features, Array("<f8", 1)), "test f8 [1]: expected 2 targets, one for each sample of *, found 1.");
        Wrong(() => Npy.ToDataset<float>(Shaped("<f4", [], [1]), features), "*at least one, found a single number.");
        Wrong(() => Npy.ToDataset<float>(Shaped("<f4", [0, 3], []), features), "*at least one, found no numbers.");

        static void Wrong(Action action, string message) => action.Should().Throw<InvalidDataException>().WithMessage(message);
    }

    [Fact]
    public void Damaged_files_are_read_or_refused_in_memory_in_proportion()
    {
        int refused = Fuzz.Run([.. Names.Select(name => Bytes(GoldenFile.Row("npy", name)))], bytes => Read(bytes).ToArray<double>(), fixedBytes: 64 << 10, bytesPerByte: 16);

        // Most bytes are header; a change to a value or to the spaces behind the dictionary is a good file.
        refused.Should().BeInRange(6000, 9900);
    }

    private static NpyArray Read(byte[] bytes) => Npy.Read(new MemoryStream(bytes), "test");

    private static byte[] Bytes(JsonElement row) => Convert.FromHexString(row.GetProperty("file").GetString()!);

    private static NpyArray Array(string descr, params double[] values) => Shaped(descr, [values.Length], values);

    private static NpyArray Shaped(string descr, int[] shape, double[] values) =>
        Read(File($"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({string.Concat(shape.Select(dimension => $"{dimension},"))})}}", [.. values.SelectMany(value => descr switch
        {
            "|u1" => [(byte)value],
            "<f4" => BitConverter.GetBytes((float)value),
            "<i8" => BitConverter.GetBytes((long)value),
            _ => BitConverter.GetBytes(value),
        })]));

    private static byte[] File(string header, byte[] values) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header), .. values];

    private static byte[] Written<T>(NpyArray array)
        where T : unmanaged, INumber<T>
    {
        using var stream = new MemoryStream();
        Npy.Write<T>(stream, array.Dimensions, array.ToArray<T>());
        return stream.ToArray();
    }
}
