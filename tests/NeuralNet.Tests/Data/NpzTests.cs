using System.IO.Compression;
using System.Text.Json;

namespace NeuralNet.Tests;

public class NpzTests
{
    private static readonly byte[] Array = Hex("|u1");

    [Theory]
    [InlineData("npz stored")]
    [InlineData("npz deflated")]
    public void An_archive_of_NumPy_is_read(string name)
    {
        using var folder = new ScratchFolder();
        string path = folder.Write("arrays.npz", Hex(name));
        IReadOnlyDictionary<string, NpyArray> arrays = Npz.Read(path);

        JsonElement expected = GoldenFile.Row("npy", name).GetProperty("arrays");
        arrays.Keys.Should().BeEquivalentTo("images", "labels", "scale");
        foreach ((string key, NpyArray array) in arrays)
        {
            double[] values = expected.GetProperty(key).EnumerateArray().Select(value => value.GetDouble()).ToArray();
            array.ToArray<double>().Should().Equal(values);
        }

        arrays["images"].ToString().Should().Be($"{path}/images.npy u1 [3, 2, 2]");
        Npy.ToDataset<float>(arrays["images"], arrays["labels"], classes: 3).ToString().Should().Be("ArrayDataset(3 of 2x2 -> 3)");
    }

    [Fact]
    public void A_large_array_is_read_whole()
    {
        // A million zeros are about a kilobyte, so the buffer must grow several times.
        using var array = new MemoryStream();
        Npy.Write<byte>(array, [1_000_000], new byte[1_000_000]);
        Read(Zip(("zeros.npy", array.ToArray())))["zeros"].Count.Should().Be(1_000_000);
    }

    [Fact]
    public void Wrong_archives_are_told_in_words()
    {
        Wrong([1, 2, 3], "test: expected a whole zip file, found a damaged one: *");
        Wrong(Zip(("a.npy", Array), ("a.npy", Array)), "test/a.npy: expected each name once, found it twice.");
        Wrong(Zip(("a.txt", Array)), "test/a.txt: expected NumPy files alone, with names that end in .npy.");
        Wrong(Zip(("a.npy", Array[..^1])), "test/a.npy is truncated: its header (2, 3) claims 6 values, found 5.");
        Wrong(Zip(("a.npy", [.. Array, 1])), "test/a.npy goes on behind its last value: *");
        Wrong(Zip(("a.npy", Hex("objects"))), "test/a.npy: expected in its header *Python objects*");
        FluentActions.Invoking(() => Npz.Read("absent.npz")).Should().Throw<FileNotFoundException>().WithMessage("The NumPy archive absent.npz does not exist.");

        static void Wrong(byte[] bytes, string message) => FluentActions.Invoking(() => Read(bytes)).Should().Throw<InvalidDataException>().WithMessage(message);
    }

    [Fact]
    public void A_changed_value_is_caught_by_the_checksum()
    {
        byte[] zip = Hex("npz stored");
        zip[zip.AsSpan().IndexOf(Array.AsSpan(0, 6)) + 128] ^= 1;
        FluentActions.Invoking(() => Read(zip)).Should().Throw<InvalidDataException>().WithMessage("test/images.npy is damaged: expected the checksum *");
    }

    [Fact]
    public void Arrays_that_share_their_bytes_are_refused()
    {
        // Two entries of the directory for one stretch of the file, as in archives that unpack to more than compression can do.
        byte[] zip = Zip(("a.npy", Array), ("b.npy", Array));
        int second = Find(zip, "PK\u0001\u0002"u8, Find(zip, "PK\u0001\u0002"u8, 0) + 4), first = Find(zip, "PK\u0001\u0002"u8, 0);
        zip.AsSpan(first + 42, 4).CopyTo(zip.AsSpan(second + 42, 4));
        foreach (int entry in new[] { first, second })
            BitConverter.GetBytes(zip.Length - 60).CopyTo(zip, entry + 20);

        FluentActions.Invoking(() => Read(zip)).Should().Throw<InvalidDataException>().WithMessage("*they share some.");

        static int Find(byte[] bytes, ReadOnlySpan<byte> pattern, int from) => from + bytes.AsSpan(from).IndexOf(pattern);
    }

    [Fact]
    public void Damaged_archives_are_read_or_refused_in_memory_in_proportion()
    {
        // Streams and the inflater have buffers of their own for each of three arrays; deflate makes at most 1032 bytes of one, and a growing array is copied.
        int refused = Fuzz.Run([Hex("npz stored"), Hex("npz deflated")], bytes => Read(bytes), fixedBytes: 512 << 10, bytesPerByte: 4 * 1032);
        refused.Should().BeGreaterThan(5000);
    }

    private static IReadOnlyDictionary<string, NpyArray> Read(byte[] bytes) => Npz.Read(new MemoryStream(bytes), "test");

    private static byte[] Hex(string name) => Convert.FromHexString(GoldenFile.Row("npy", name).GetProperty("file").GetString()!);

    private static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in files)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }
}
