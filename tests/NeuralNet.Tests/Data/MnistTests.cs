using System.Security.Cryptography;

namespace NeuralNet.Tests;

public class MnistTests
{
    [MnistFact]
    public void The_sets_are_those_of_the_original_files()
    {
        (ImageDataset<float> train, ImageDataset<float> test) = Mnist.Load<float>(SharedData.Mnist!);

        (train.Count, test.Count).Should().Be((60_000, 10_000));
        train.FeatureShape.Should().Be(new Shape(1, 28, 28));
        train.TargetShape.Should().Be(new Shape(10));

        // zcat <labels>.gz | tail -c +9 | od -An -v -tu1 -w1 | sort -n | uniq -c
        train.Labels.ToArray().CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value).Should().Equal(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
        test.Labels.ToArray().CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value).Should().Equal(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);

        // zcat <labels>.gz | tail -c +9 | od -An -tu1 -N10
        train.Labels[..10].ToArray().Should().Equal(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
        test.Labels[..10].ToArray().Should().Equal(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);

        // zcat train-images-idx3-ubyte.gz | tail -c +17 | python3: the sum of the first image's 784 bytes.
        train.Pixels(0).ToArray().Sum(pixel => pixel).Should().Be(27_525);
    }

    [MnistFact]
    public void The_bytes_are_those_of_the_original_file()
    {
        IdxFile images = Idx.ReadBytes(Path.Combine(SharedData.Mnist!, "train-images-idx3-ubyte.gz"));
        images.Shape.Should().Be(new Shape(60_000, 28, 28));

        // The MD5 of the decompressed file, header included: zcat train-images-idx3-ubyte.gz | md5sum
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        md5.AppendData([0, 0, 8, 3, 0, 0, 0xea, 0x60, 0, 0, 0, 28, 0, 0, 0, 28]);
        md5.AppendData(images.Values);
        Convert.ToHexStringLower(md5.GetHashAndReset()).Should().Be("6bbc9ace898e44ae57da46a324031adb");
    }

    [MnistFact]
    public void An_epoch_of_batches_holds_every_pixel()
    {
        ImageDataset<float> train = Mnist.Load<float>(SharedData.Mnist!).Train;
        double sum = 0;
        foreach (Batch<float> batch in new Batches<float>(train, 1000, seed: 1).Epoch(0))
            sum += batch.Features.ToColumnMajorArray().Sum(value => (double)value);

        // The mean of all pixels, each divided by 255, in Python: 1567298545 / 47040000 / 255.
        (sum / train.Count / train.FeatureShape.Size).Should().BeApproximately(0.1306604762738429, 1e-8);
    }

    [Fact]
    public void Small_files_in_the_same_form_are_read()
    {
        using ScratchFolder folder = Folder();
        (ImageDataset<double> train, ImageDataset<double> test) = Mnist.Load<double>(folder.FullName);

        train.ToString().Should().Be("ImageDataset(2 of 1x1x3 -> 10)");
        train.Labels.ToArray().Should().Equal(3, 9);
        train.Pixels(1).ToArray().Should().Equal(40, 50, 60);
        test.Labels.ToArray().Should().Equal(0);
    }

    [Fact]
    public void A_missing_directory_or_file_is_named()
    {
        using ScratchFolder folder = Folder();
        string absent = Path.Combine(folder.FullName, "absent");
        Load(absent).Should().Throw<DirectoryNotFoundException>().WithMessage($"The MNIST directory {absent} does not exist.");

        File.Delete(Path.Combine(folder.FullName, "t10k-images-idx3-ubyte.gz"));
        Load(folder.FullName).Should().Throw<FileNotFoundException>()
            .WithMessage($"The MNIST directory {folder.FullName} has neither t10k-images-idx3-ubyte nor t10k-images-idx3-ubyte.gz.");
    }

    [Theory]
    [InlineData("train-labels-idx1-ubyte", "00000801 00000002 030a", "*/train-labels-idx1-ubyte: labels must be from 0 to 9, found 10 at index 1.")]
    [InlineData("train-labels-idx1-ubyte", "00000801 00000001 03", "*/train-images-idx3-ubyte: expected 1 images, one for each label of */train-labels-idx1-ubyte, found 2.")]
    [InlineData("train-labels-idx1-ubyte", "00000802 00000001 00000001 03", "*/train-labels-idx1-ubyte: expected 1 dimensions, found 2: [1, 1].")]
    [InlineData("train-images-idx3-ubyte", "00000801 00000001 03", "*/train-images-idx3-ubyte: expected 3 dimensions, found 1: [1].")]
    [InlineData("train-images-idx3-ubyte", "00000803 00000002 00000002 00000001 01020304", "*: expected images of one size, found 1x2x1 to train with and 1x1x3 to test with.")]
    [InlineData("train-images-idx3-ubyte", "00000803", "*/train-images-idx3-ubyte is truncated *")]
    public void Files_that_do_not_belong_together_are_named(string name, string hex, string message)
    {
        using ScratchFolder folder = Folder();
        folder.Write(name, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        Load(folder.FullName).Should().Throw<InvalidDataException>().WithMessage(message.Replace('/', Path.DirectorySeparatorChar));
    }

    private static Func<object> Load(string directory) => () => Mnist.Load<float>(directory);

    // Two images of one by three pixels to train with, one to test with; the name alone does not make a file compressed.
    private static ScratchFolder Folder()
    {
        var folder = new ScratchFolder();
        folder.Write("train-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 10, 20, 30, 40, 50, 60]);
        folder.Write("train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 2, 3, 9]);
        folder.Write("t10k-images-idx3-ubyte.gz", [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 3, 7, 8, 9]);
        folder.Write("t10k-labels-idx1-ubyte.gz", [0, 0, 8, 1, 0, 0, 0, 1, 0]);
        return folder;
    }
}
