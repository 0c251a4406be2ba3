namespace NeuralNet.Tests;

public class ImageDatasetTests
{
    // Three images of two pixels.
    private static readonly byte[] Pixels = [0, 255, 51, 102, 1, 254];

    [Fact]
    public void A_batch_holds_scaled_pixels_and_one_hot_targets()
    {
        var images = new ImageDataset<double>(new Shape(1, 1, 2), Pixels, [2, 0, 1], classes: 3, scale: 0.5);
        Matrix<double> features = Matrix<double>.Build.Dense(4, 2, 9), targets = Matrix<double>.Build.Dense(4, 3, 9);
        images.CopyBatch([1, 0, 2, 0], features, targets);

        features.ToRowArrays().Should().BeEquivalentTo(new double[][] { [25.5, 51], [0, 127.5], [0.5, 127], [0, 127.5] }, options => options.WithStrictOrdering());
        targets.ToRowArrays().Should().BeEquivalentTo(new double[][] { [1, 0, 0], [0, 0, 1], [0, 1, 0], [0, 0, 1] }, options => options.WithStrictOrdering());
        images.Labels.ToArray().Should().Equal(2, 0, 1);
        images.Pixels(1).ToArray().Should().Equal(51, 102);
        images.ToString().Should().Be("ImageDataset(3 of 1x1x2 -> 3)");
        (images.Count, images.FeatureShape, images.TargetShape).Should().Be((3, new Shape(1, 1, 2), new Shape(3)));
        ((IDataset<double>)images).HasSampleWeights.Should().BeFalse();
    }

    [Fact]
    public void The_default_scale_divides_every_pixel_by_255_correctly_rounded()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(pixel => (byte)pixel)];
        Matrix<float> features = Matrix<float>.Build.Dense(1, 256), targets = Matrix<float>.Build.Dense(1, 2);
        new ImageDataset<float>(256, all, [0], classes: 2).CopyBatch([0], features, targets);

        features.ToColumnMajorArray().Should().Equal(all.Select(pixel => pixel / 255f));
    }

    [Fact]
    public void Wrong_arguments_are_told_in_words()
    {
        Create(new byte[5], [0, 0, 0]).Should().Throw<ArgumentException>()
            .WithMessage("ImageDataset expects pixels of 1x1x2 = 2 numbers a sample, at least one sample; got 5 numbers.*");
        Create([], []).Should().Throw<ArgumentException>().WithMessage("*at least one sample; got 0 numbers.*");
        Create(Pixels, [0, 1]).Should().Throw<ArgumentException>().WithMessage("ImageDataset expects 3 labels, one for each sample, got 2.*");
        Create(Pixels, [0, 1, 3]).Should().Throw<ArgumentException>().WithMessage("Labels must be from 0 to 2; got 3 at index 2.*");
        Create(Pixels, [0, -1, 2]).Should().Throw<ArgumentException>().WithMessage("Labels must be from 0 to 2; got -1 at index 1.*");
        Create(Pixels, [0, 1, 2], classes: 0).Should().Throw<ArgumentOutOfRangeException>().WithMessage("classes must be at least 1; got 0.*");
        Create(Pixels, [0, 1, 2], scale: double.NaN).Should().Throw<ArgumentOutOfRangeException>().WithMessage("scale must be finite; got NaN.*");

        static Func<object> Create(byte[] pixels, int[] labels, int classes = 3, double scale = 1) =>
            () => new ImageDataset<float>(new Shape(1, 1, 2), pixels, labels, classes, scale);
    }

    [Fact]
    public void Wrong_batches_are_told_in_words()
    {
        var images = new ImageDataset<float>(new Shape(1, 1, 2), Pixels, [2, 0, 1], classes: 3);
        Matrix<float> features = Matrix<float>.Build.Dense(1, 2), targets = Matrix<float>.Build.Dense(1, 3);

        Copy(3, features, targets).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("ImageDataset(3 of 1x1x2 -> 3): indices must be from 0 to 2; got 3 at place 0.*");
        Copy(-1, features, targets).Should().Throw<ArgumentOutOfRangeException>();
        Copy(0, targets, targets).Should().Throw<ArgumentException>().WithMessage("ImageDataset(3 of 1x1x2 -> 3) expects features of shape [1, 2], got [1, 3].*");
        Copy(0, features, features).Should().Throw<ArgumentException>().WithMessage("*expects targets of shape [1, 3], got [1, 2].*");
        Copy(0, Matrix<float>.Build.Sparse(1, 2), targets).Should().Throw<ArgumentException>().WithMessage("*expects a dense matrix of features, got SparseMatrix.*");
        FluentActions.Invoking(() => images.Pixels(3).Length).Should().Throw<ArgumentOutOfRangeException>();

        Action Copy(int index, Matrix<float> x, Matrix<float> t) => () => images.CopyBatch([index], x, t);
    }
}
