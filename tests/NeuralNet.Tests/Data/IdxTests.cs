using System.IO.Compression;

namespace NeuralNet.Tests;

public class IdxTests
{
    // Two by three bytes.
    private static readonly byte[] Small = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 20, 30, 40, 50, 60];

    // What reading may set aside for these small files: streams' buffers and the first 64 KiB of values.
    private const long SmallMemory = 1 << 20;

    [Fact]
    public void Plain_and_gzip_are_told_by_content_whatever_the_name()
    {
        using var folder = new ScratchFolder();
        foreach (string path in new[] { folder.Write("plain.gz", Small), folder.Write("compressed", Gzip(Small)) })
        {
            IdxFile file = Idx.ReadBytes(path);
            file.Shape.Should().Be(new Shape(2, 3));
            file.Values.Should().Equal(10, 20, 30, 40, 50, 60);
            file.ToString().Should().Be($"{path} [2, 3]");
        }
    }

    [Fact]
    public void A_file_larger_than_the_first_buffer_is_read_whole()
    {
        // A million zeros are about a kilobyte in gzip, so the buffer must grow several times.
        var bytes = new byte[8 + 1_000_000];
        new byte[] { 0, 0, 8, 1, 0, 0x0f, 0x42, 0x40 }.CopyTo(bytes, 0);
        bytes[^1] = 7;
        using var folder = new ScratchFolder();

        IdxFile file = Idx.ReadBytes(folder.Write("zeros.gz", Gzip(bytes)));
        file.Values.Should().Equal(bytes[8..]);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.FullName, "absent");

        FluentActions.Invoking(() => Idx.ReadBytes(path)).Should().Throw<FileNotFoundException>().WithMessage($"The IDX file {path} does not exist.").Which.FileName.Should().Be(path);
    }

    [Theory]
    [InlineData("8950 4e47", "is not an IDX file: expected the bytes 00 00 at its beginning, found 89 50.")]
    [InlineData("0000 0d01 00000001 00000000", ": expected values of type 0x08 (unsigned byte), found type 0x0d.")]
    [InlineData("0000 0800", ": expected at least one dimension, found none.")]
    [InlineData("0000 0802 00000002 00000000", ": dimension 1 of 2 must be at least 1, found 0.")]
    [InlineData("0000 0801 ffffffff", ": expected at most the 2147483591 values that fit into one array, found dimensions of 4294967295 values up to dimension 0.")]
    [InlineData("0000 0803 00010000 00010000 00010000", ": expected at most the 2147483591 values that fit into one array, found dimensions of 4294967296 values up to dimension 1.")]
    [InlineData("0000 0801 00000002 05", " is truncated: its header [2] claims 2 values, found 1.")]
    [InlineData("0000 0801 7fffff00 05", " is truncated: its header [2147483392] claims 2147483392 values, found 1.")]
    [InlineData("0000 0801 00000001 05 06", " goes on behind its last value: its header [1] claims 1 values, found more.")]
    [InlineData("0000 0802 00000001 00", " is truncated in its header: expected 4 bytes of its dimension 1 of 2, found 1.")]
    [InlineData("", " is truncated in its header: expected 4 bytes of its magic number, found 0.")]
    [InlineData("1f8b 0000", "found")]
    public void A_wrong_file_is_told_in_words_plain_and_compressed(string hex, string message)
    {
        using var folder = new ScratchFolder();
        byte[] bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        foreach (string path in new[] { folder.Write("plain", bytes), folder.Write("compressed", Gzip(bytes)) })
            Read(path).Should().BeOfType<InvalidDataException>().Which.Message.Should().StartWith(path).And.Contain(message);
    }

    [Fact]
    public void Truncated_at_any_byte_a_file_is_refused()
    {
        using var folder = new ScratchFolder();
        for (int length = 0; length < Small.Length; length++)
            Refused(Small[..length]);

        // The last 8 bytes are gzip's checksum and the 2 before them the rest of its end mark: without them every value is there, and .NET does not miss them.
        byte[] compressed = Gzip(Small);
        for (int length = 0; length < compressed.Length - 10; length++)
            Refused(compressed[..length]);
        Idx.ReadBytes(folder.Write("unchecked", compressed[..^8])).Values.Should().Equal(Small[12..]);

        void Refused(byte[] bytes) => Read(folder.Write("truncated", bytes)).Should().BeOfType<InvalidDataException>($"only {bytes.Length} bytes remain");
    }

    [Fact]
    public void A_changed_byte_in_gzip_is_caught_by_its_checksum()
    {
        using var folder = new ScratchFolder();
        byte[] compressed = Gzip(Small);

        // Behind the 10 bytes of gzip's own header.
        for (int i = 10; i < compressed.Length; i++)
        {
            byte[] changed = [.. compressed];
            changed[i] ^= 0x10;
            Read(folder.Write("changed", changed)).Should().BeOfType<InvalidDataException>($"byte {i} is changed");
        }
    }

    [Fact]
    public void Damaged_files_are_read_or_refused_in_memory_in_proportion()
    {
        using var folder = new ScratchFolder();

        // A plain file's values take as many bytes as it has and at most twice as many while it is read; a compressed one begins with 64 KiB or eight times its size.
        Damaged(Small, fixedBytes: 24 << 10, bytesPerByte: 4).Should().BeInRange(5000, 9500);
        Damaged(Gzip(Small), fixedBytes: 128 << 10, bytesPerByte: 16).Should().BeInRange(5000, 9999);

        int Damaged(byte[] file, long fixedBytes, long bytesPerByte) => Fuzz.Run([file], bytes => Idx.ReadBytes(folder.Write("damaged", bytes)), fixedBytes, bytesPerByte);
    }

    private static Exception? Read(string path)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? error = Record.Exception(() => Idx.ReadBytes(path));
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(SmallMemory);
        return error;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return compressed.ToArray();
    }
}
