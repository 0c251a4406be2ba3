using System.IO.MemoryMappedFiles;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Labelled images that stay in their IDX file, for sets that do not fit into memory: features are <c>pixel · scale</c>, targets one-hot.</summary>
/// <remarks>
/// <para>
/// Shapes: features <c>[N, channels · height · width]</c>, targets <c>[N, classes]</c>; the same contract and the same bits as <see cref="ImageDataset{T}"/> around the same pixels.
/// Labels are in memory.
/// </para>
/// <para>
/// The file is mapped into the address space: a batch reads the pages that its images lie on, and the system keeps in memory what there is room for.
/// It must be a plain file, not gzip, and nobody may make it shorter while it is in use: the system ends a process that reads behind the end of a mapped file.
/// </para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class MappedImageDataset<T> : IDataset<T>, IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly long firstPixel;
    private readonly ClassLabels labels;
    private readonly ByteTable<T> features;

    /// <summary>Opens an image file whose labels are at hand.</summary>
    /// <param name="path">An IDX file of unsigned bytes, <c>[N, height, width]</c> or <c>[N, channels, height, width]</c>, not compressed.</param>
    /// <param name="labels">The class of each image, from 0 to <paramref name="classes"/> - 1; copied.</param>
    /// <param name="classes">The number of classes and of columns of the targets, at least 1 (1: two classes in one column, see <see cref="OneHot"/>).</param>
    /// <param name="scale">What a pixel is multiplied by, finite; by default 1 / 255, which gives features from 0 to 1.</param>
    /// <exception cref="ArgumentException">A label is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not finite, or there are no classes.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is compressed, not an IDX file of images, longer or shorter than its header says, or there is not one label for each image.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="NotSupportedException">The precision is neither <see langword="float"/> nor <see langword="double"/>.</exception>
    public MappedImageDataset(string path, ReadOnlySpan<int> labels, int classes, double scale = 1.0 / byte.MaxValue)
    {
        Guard.Precision<T>();
        (features, this.labels) = (new ByteTable<T>(Guard.Finite(scale, nameof(scale))), new ClassLabels(labels, classes));
        FileStream stream = Idx.Open(path, out bool isCompressed);
        try
        {
            if (isCompressed)
                throw new InvalidDataException($"{path}: expected a plain IDX file, found a gzip stream. Decompress it, or read it into memory with Idx.ReadBytes.");
            (FeatureShape, Count) = ReadHeader(stream, path);
            if (Count != labels.Length)
                throw new InvalidDataException($"{path}: expected {labels.Length} images, one for each label, found {Count}.");
            firstPixel = stream.Length - ((long)Count * FeatureShape.Size);
            file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens an image file and reads the file of its labels.</summary>
    /// <param name="path">An IDX file of unsigned bytes, <c>[N, height, width]</c> or <c>[N, channels, height, width]</c>, not compressed.</param>
    /// <param name="labelPath">An IDX file of unsigned bytes, <c>[N]</c>: the class of each image, from 0 to <paramref name="classes"/> - 1; plain or gzip.</param>
    /// <param name="classes">The number of classes and of columns of the targets, at least 1 (1: two classes in one column, see <see cref="OneHot"/>).</param>
    /// <param name="scale">What a pixel is multiplied by, finite; by default 1 / 255, which gives features from 0 to 1.</param>
    /// <exception cref="ArgumentException">A label is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not finite, or there are no classes.</exception>
    /// <exception cref="FileNotFoundException">A file does not exist.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the files do not belong together.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="NotSupportedException">The precision is neither <see langword="float"/> nor <see langword="double"/>.</exception>
    public MappedImageDataset(string path, string labelPath, int classes, double scale = 1.0 / byte.MaxValue)
        : this(path, ReadLabels(labelPath), classes, scale)
    {
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>The shape of one image: channels, height, width.</summary>
    public Shape FeatureShape { get; }

    /// <summary>The number of classes.</summary>
    public Shape TargetShape => labels.Shape;

    /// <summary>The class of every image.</summary>
    public ReadOnlySpan<int> Labels => labels.Values;

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The set was disposed.</exception>
    public void CopyBatch(ReadOnlySpan<int> indices, Matrix<T> features, Matrix<T> targets)
    {
        Guard.Indices(this, Count, indices);
        Guard.Batch(this, indices.Length, FeatureShape, features, nameof(features));
        Guard.Batch(this, indices.Length, TargetShape, targets, nameof(targets));
        Gather.Bytes(view.SafeMemoryMappedViewHandle, firstPixel, indices, this.features, features.View());
        labels.CopyBatch(indices, targets.View());
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
    }

    /// <summary>The number of images and the shapes.</summary>
    /// <returns>For example <c>MappedImageDataset(60000 of 1x28x28 -> 10)</c>.</returns>
    public override string ToString() => $"MappedImageDataset({Count} of {FeatureShape} -> {TargetShape})";

    // Everything is checked here, against the true length of the file, so that no batch ever reads behind it.
    private static (Shape ImageShape, int Count) ReadHeader(FileStream stream, string path)
    {
        (int[] dimensions, long size) = Idx.ReadHeader(new UntrustedFile(path, stream, 0), long.MaxValue, "a file can hold");
        string shape = $"[{string.Join(", ", dimensions)}]";
        if (dimensions.Length is not (3 or 4))
            throw new InvalidDataException($"{path}: expected 3 dimensions, images of height and width, or 4, with channels before them, found {dimensions.Length}: {shape}.");
        if (size / dimensions[0] > Array.MaxLength)
            throw new InvalidDataException($"{path}: expected images of at most {Array.MaxLength} pixels, found {shape}.");
        long found = stream.Length - stream.Position;
        if (found < size)
            throw new InvalidDataException($"{path} is truncated: its header {shape} claims {size} values, found {found}.");
        if (found > size)
            throw new InvalidDataException($"{path} goes on behind its last value: its header {shape} claims {size} values, found {found}.");
        return (dimensions.Length == 3 ? new Shape(1, dimensions[1], dimensions[2]) : new Shape(dimensions.AsSpan(1)), dimensions[0]);
    }

    private static int[] ReadLabels(string path)
    {
        IdxFile labels = Idx.ReadBytes(path);
        return labels.Shape.Rank == 1
            ? Array.ConvertAll(labels.Values, label => (int)label)
            : throw new InvalidDataException($"{path}: expected 1 dimensions, found {labels.Shape.Rank}: {labels.Shape.ToTensorString()}.");
    }
}
