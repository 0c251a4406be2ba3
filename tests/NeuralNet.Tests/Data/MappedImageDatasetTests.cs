using System.IO.Compression;

namespace NeuralNet.Tests;

public sealed class MappedImageDatasetTests : IDisposable
{
    // Three images of two by two pixels.
    private static readonly byte[] Header = [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2];
    private static readonly byte[] Pixels = [0, 255, 51, 102, 1, 254, 9, 8, 7, 6, 5, 4];

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Batches_have_the_bits_of_a_set_in_memory()
    {
        string labels = folder.Write("labels", [0, 0, 8, 1, 0, 0, 0, 3, 2, 0, 1]);
        using var mapped = new MappedImageDataset<float>(folder.Write("images", [.. Header, .. Pixels]), labels, classes: 3, scale: 0.3);
        var inMemory = new ImageDataset<float>(new Shape(1, 2, 2), Pixels, [2, 0, 1], classes: 3, scale: 0.3);

        (mapped.Count, mapped.FeatureShape, mapped.TargetShape).Should().Be((3, inMemory.FeatureShape, inMemory.TargetShape));
        mapped.Labels.ToArray().Should().Equal(2, 0, 1);
        mapped.ToString().Should().Be("MappedImageDataset(3 of 1x2x2 -> 3)");
        (Matrix<float> features, Matrix<float> targets) = Read(mapped, [2, 0, 2, 1]);
        (Matrix<float> expected, Matrix<float> expectedTargets) = Read(inMemory, [2, 0, 2, 1]);
        features.ShouldBeBits(expected);
        targets.ShouldBeBits(expectedTargets);
    }

    [MnistFact]
    public void Real_digits_are_those_of_the_set_in_memory()
    {
        (ImageDataset<float> digits, _) = Mnist.Load<float>(SharedData.Mnist!);
        string path = Path.Combine(folder.FullName, "images");
        using (FileStream file = File.Create(path))
        {
            file.Write([0, 0, 8, 3, 0, 0, 0xEA, 0x60, 0, 0, 0, 28, 0, 0, 0, 28]);
            for (int i = 0; i < digits.Count; i++)
                file.Write(digits.Pixels(i));
        }

        using var mapped = new MappedImageDataset<float>(path, digits.Labels, classes: 10);
        int[] indices = [59_999, 0, 31_415, 7];
        Read(mapped, indices).Features.ShouldBeBits(Read(digits, indices).Features);
    }

    [Fact]
    public void A_file_of_three_gibibytes_is_read_at_its_end()
    {
        // 3072 images of a mebibyte, all but three of them holes in the file. Where there is no room for it, of a few.
        string path = Path.Combine(folder.FullName, "large");
        int count = 3072;
        try
        {
            WriteLarge();
        }
        catch (IOException)
        {
            count = 16;
            WriteLarge();
        }

        using var set = new MappedImageDataset<float>(path, new int[count], classes: 2, scale: 1);
        Matrix<float> features = Read(set, [0, count - 1, count / 2, (3 * count / 4) - 1]).Features;
        features.Column(0).Should().Equal(1, 3, 0, 2);
        features.Column(features.ColumnCount - 1).Should().Equal(11, 13, 0, 12);

        void WriteLarge()
        {
            const long Image = 1 << 20;
            using FileStream file = File.Create(path);
            file.Write([0, 0, 8, 3, 0, 0, (byte)(count >> 8), (byte)count, 0, 0, 4, 0, 0, 0, 4, 0]);
            file.SetLength(16 + (count * Image));
            foreach ((int index, byte value) in new[] { (0, (byte)1), ((3 * count / 4) - 1, (byte)2), (count - 1, (byte)3) })
            {
                file.Position = 16 + (index * Image);
                file.WriteByte(value);
                file.Position = 16 + ((index + 1) * Image) - 1;
                file.WriteByte((byte)(value + 10));
            }
        }
    }

    [Fact]
    public void A_disposed_set_says_so()
    {
        var set = new MappedImageDataset<float>(folder.Write("images", [.. Header, .. Pixels]), [2, 0, 1], classes: 3);
        set.Dispose();
        set.Dispose();
        FluentActions.Invoking(() => Read(set, [0])).Should().Throw<ObjectDisposedException>();
    }

    [Theory]
    [InlineData("", " is truncated in its header: expected 4 bytes of its magic number, found 0.")]
    [InlineData("0000 0803 00000001 00000001 00000003 010203 04", " goes on behind its last value: its header [1, 1, 3] claims 3 values, found 4.")]
    [InlineData("0000 0803 00000001 00000001 00000003 0102", " is truncated: its header [1, 1, 3] claims 3 values, found 2.")]
    [InlineData("0000 0803 40000000 00010000 00001000 0102", " is truncated: its header [1073741824, 65536, 4096] claims 288230376151711744 values, found 2.")]
    [InlineData("0000 0804 ffffffff ffffffff ffffffff ffffffff", ": dimension 0 of 4 must be at most 2147483591, found 4294967295.")]
    [InlineData("0000 0804 7fffff00 7fffff00 7fffff00 7fffff00", ": expected at most the 9223372036854775807 values that a file can hold, found dimensions of ")]
    [InlineData("0000 0803 00000001 7fffff00 7fffff00", ": expected images of at most 2147483591 pixels, found [1, 2147483392, 2147483392].")]
    [InlineData("0000 0801 00000001 05", ": expected 3 dimensions, images of height and width, or 4, with channels before them, found 1: [1].")]
    [InlineData("0000 0803 00000002 00000001 00000001 0506", ": expected 1 images, one for each label, found 2.")]
    [InlineData("0000 0d03 00000001 00000001 00000001 05", ": expected values of type 0x08 (unsigned byte), found type 0x0d.")]
    public void A_wrong_file_is_told_in_words_and_closed(string hex, string message)
    {
        string path = folder.Write("images", Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        FluentActions.Invoking(() => new MappedImageDataset<float>(path, [0], classes: 2)).Should().Throw<InvalidDataException>().Which.Message.Should().StartWith(path).And.Contain(message);
        File.Delete(path);
    }

    [Fact]
    public void A_compressed_file_and_wrong_labels_are_told_in_words()
    {
        string images = folder.Write("images", [.. Header, .. Pixels]);
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
            gzip.Write([.. Header, .. Pixels]);
        string packed = folder.Write("packed", compressed.ToArray());

        FluentActions.Invoking(() => new MappedImageDataset<float>(packed, [2, 0, 1], 3)).Should().Throw<InvalidDataException>().WithMessage("*packed: expected a plain IDX file, found a gzip stream. Decompress it*");
        FluentActions.Invoking(() => new MappedImageDataset<float>(images, images, 3)).Should().Throw<InvalidDataException>().WithMessage("*images: expected 1 dimensions, found 3: [3, 2, 2].");
        FluentActions.Invoking(() => new MappedImageDataset<float>(images, [2, 0, 3], 3)).Should().Throw<ArgumentException>().WithMessage("Labels must be from 0 to 2; got 3 at index 2.*");
        FluentActions.Invoking(() => new MappedImageDataset<float>(Path.Combine(folder.FullName, "absent"), [0], 3)).Should().Throw<FileNotFoundException>().WithMessage("The IDX file *absent does not exist.");
    }

    private static (Matrix<float> Features, Matrix<float> Targets) Read(IDataset<float> set, int[] indices)
    {
        Matrix<float> features = Matrix<float>.Build.Dense(indices.Length, set.FeatureShape.Size), targets = Matrix<float>.Build.Dense(indices.Length, set.TargetShape.Size);
        set.CopyBatch(indices, features, targets);
        return (features, targets);
    }
}
