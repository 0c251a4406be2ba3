namespace NeuralNet;

/// <summary>Mirrors an image: left to right, or top to bottom, or both, each with a probability of its own.</summary>
/// <remarks>Two draws, whatever the probabilities. Of letters and digits most are no longer themselves in a mirror.</remarks>
public sealed record RandomFlip : IImageAugmentation
{
    /// <summary>Creates the augmentation.</summary>
    /// <param name="horizontal">The probability that left and right change places, in [0, 1]; 0.5 by default.</param>
    /// <param name="vertical">The probability that top and bottom change places, in [0, 1]; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public RandomFlip(double horizontal = 0.5, double vertical = 0) => (Horizontal, Vertical) = (horizontal, vertical);

    /// <summary>The probability that left and right change places.</summary>
    public double Horizontal { get; init => field = Guard.Fraction(value, "horizontal"); }

    /// <summary>The probability that top and bottom change places.</summary>
    public double Vertical { get; init => field = Guard.Fraction(value, "vertical"); }

    /// <inheritdoc/>
    public void Apply<T>(ReadOnlySpan<T> image, Span<T> result, Shape imageShape, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Augmentation(this, image.Length, result.Length, imageShape, random);
        bool horizontal = Draw.Happens(Horizontal, random), vertical = Draw.Happens(Vertical, random);
        (int height, int width) = (imageShape[1], imageShape[2]);
        for (int plane = 0; plane < image.Length; plane += height * width)
        {
            for (int row = 0; row < height; row++)
            {
                Span<T> line = result.Slice(plane + (row * width), width);
                image.Slice(plane + ((vertical ? height - 1 - row : row) * width), width).CopyTo(line);
                if (horizontal)
                    line.Reverse();
            }
        }
    }
}
