using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Labelled images that stay bytes in memory: features are <c>pixel · scale</c>, targets one-hot.</summary>
/// <remarks>
/// Shapes: features <c>[N, channels · height · width]</c>, targets <c>[N, classes]</c>.
/// The product is computed in double and rounded once, so the default scale gives each pixel divided by 255, correctly rounded.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class ImageDataset<T> : IColumnwiseDataset<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly byte[] pixels;
    private readonly ClassLabels labels;
    private readonly ByteTable<T> features;

    /// <summary>Creates a set around pixels.</summary>
    /// <param name="imageShape">The shape of one image: channels, height, width.</param>
    /// <param name="pixels">Image after image, each in the order of the shape; kept and not copied.</param>
    /// <param name="labels">The class of each image, from 0 to <paramref name="classes"/> - 1; copied.</param>
    /// <param name="classes">The number of classes and of columns of the targets, at least 1 (1: two classes in one column, see <see cref="OneHot"/>).</param>
    /// <param name="scale">What a pixel is multiplied by, finite; by default 1 / 255, which gives features from 0 to 1.</param>
    /// <exception cref="ArgumentException">The pixels are not a whole number of images, there is not one label for each, or a label is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not finite, or there are no classes.</exception>
    /// <exception cref="NotSupportedException">The precision is neither <see langword="float"/> nor <see langword="double"/>.</exception>
    public ImageDataset(Shape imageShape, byte[] pixels, ReadOnlySpan<int> labels, int classes, double scale = 1.0 / byte.MaxValue)
    {
        Guard.Precision<T>();
        ArgumentNullException.ThrowIfNull(imageShape);
        ArgumentNullException.ThrowIfNull(pixels);
        features = new ByteTable<T>(Guard.Finite(scale, nameof(scale)));
        Count = Guard.SampleCount(nameof(ImageDataset<>), imageShape, pixels.Length, nameof(pixels));
        Guard.OnePerSample(nameof(ImageDataset<>), Count, labels.Length, nameof(labels));
        (FeatureShape, this.pixels, this.labels) = (imageShape, pixels, new ClassLabels(labels, classes));
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>The shape of one image: channels, height, width.</summary>
    public Shape FeatureShape { get; }

    /// <summary>The number of classes.</summary>
    public Shape TargetShape => labels.Shape;

    /// <summary>The class of every image.</summary>
    public ReadOnlySpan<int> Labels => labels.Values;

    /// <summary>The pixels of one image as they are kept.</summary>
    /// <param name="index">Which image, from 0 to <see cref="Count"/> - 1.</param>
    /// <returns>As many bytes as the image has pixels; not a copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is out of range.</exception>
    public ReadOnlySpan<byte> Pixels(int index)
    {
        Guard.Indices(this, Count, [index]);
        return pixels.AsSpan(index * FeatureShape.Size, FeatureShape.Size);
    }

    /// <inheritdoc/>
    public void CopyBatch(ReadOnlySpan<int> indices, Matrix<T> features, Matrix<T> targets)
    {
        CopyTargets(indices, features, targets);
        Gather.Bytes(pixels, indices, this.features, features.View());
    }

    /// <summary>The number of images and the shapes.</summary>
    /// <returns>For example <c>ImageDataset(60000 of 1x28x28 -> 10)</c>.</returns>
    public override string ToString() => $"ImageDataset({Count} of {FeatureShape} -> {TargetShape})";

    void IColumnwiseDataset<T>.CopyTargets(ReadOnlySpan<int> indices, Matrix<T> features, Matrix<T> targets) => CopyTargets(indices, features, targets);

    void IColumnwiseDataset<T>.CopyColumns(ReadOnlySpan<int> indices, Matrix<T> features, int first, int end) => Gather.Bytes(pixels, indices, this.features, features.View(), first, end);

    private void CopyTargets(ReadOnlySpan<int> indices, Matrix<T> features, Matrix<T> targets)
    {
        Guard.Indices(this, Count, indices);
        Guard.Batch(this, indices.Length, FeatureShape, features, nameof(features));
        Guard.Batch(this, indices.Length, TargetShape, targets, nameof(targets));
        labels.CopyBatch(indices, targets.View());
    }
}
