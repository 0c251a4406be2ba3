namespace NeuralNet;

/// <summary>Shifts an image by whole pixels, up or down and left or right; also called a random crop of the padded image.</summary>
/// <remarks>Two draws: how far to the right, how far down, every number of pixels from -<see cref="Pixels"/> to <see cref="Pixels"/> equally likely. Pixels are copied as they are.</remarks>
public sealed record RandomShift : IImageAugmentation
{
    /// <summary>Creates the augmentation.</summary>
    /// <param name="pixels">The largest shift in each direction, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public RandomShift(int pixels) => Pixels = pixels;

    /// <summary>The largest shift in each direction.</summary>
    public int Pixels { get; init => field = Guard.InRange(value, value is >= 0 and < int.MaxValue, "at least 0", "pixels"); }

    /// <summary>The value beyond the image's edge; 0 by default.</summary>
    public double Fill { get; init => field = Guard.Finite(value, "fill"); }

    /// <inheritdoc/>
    public void Apply<T>(ReadOnlySpan<T> image, Span<T> result, Shape imageShape, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Augmentation(this, image.Length, result.Length, imageShape, random);
        (int height, int width) = (imageShape[1], imageShape[2]);
        int right = Math.Clamp(random.Next(-Pixels, Pixels + 1), -width, width), down = Math.Clamp(random.Next(-Pixels, Pixels + 1), -height, height);
        int kept = width - Math.Abs(right);
        result.Fill(T.CreateTruncating(Fill));
        for (int plane = 0; plane < image.Length; plane += height * width)
        {
            for (int row = Math.Max(0, down); row < Math.Min(height, height + down); row++)
                image.Slice(plane + ((row - down) * width) + Math.Max(0, -right), kept).CopyTo(result[(plane + (row * width) + Math.Max(0, right))..]);
        }
    }
}
