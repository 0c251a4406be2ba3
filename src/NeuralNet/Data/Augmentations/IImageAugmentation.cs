namespace NeuralNet;

/// <summary>A random change of an image that leaves its class what it is; also called a transform. An immutable record, for <see cref="AugmentedDataset{T}"/>.</summary>
/// <remarks>It allocates nothing, keeps nothing from image to image, and draws from the given generator alone: the same image and the same draws give the same bits.</remarks>
public interface IImageAugmentation
{
    /// <summary>Writes a changed copy of one image.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="image">The image, channel after channel, each row after row; not changed.</param>
    /// <param name="result">Receives the changed image, overwritten whole; other memory than the image's.</param>
    /// <param name="imageShape">The shape of both: channels, height, width.</param>
    /// <param name="random">Where the draws come from.</param>
    /// <exception cref="ArgumentException">The shape is not that of an image, or the image or the result has another size.</exception>
    void Apply<T>(ReadOnlySpan<T> image, Span<T> result, Shape imageShape, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
