using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Adds normally distributed noise to every pixel: <c>y = x + deviation·z</c>, z of mean 0 and standard deviation 1.</summary>
/// <remarks>Two draws for every two pixels. Values may leave the range of the image's own.</remarks>
public sealed record RandomNoise : IImageAugmentation
{
    /// <summary>Creates the augmentation.</summary>
    /// <param name="deviation">The standard deviation of the noise, in the unit of the features, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public RandomNoise(double deviation) => Deviation = deviation;

    /// <summary>The standard deviation of the noise.</summary>
    public double Deviation { get; init => field = Guard.NotNegative(value, "deviation"); }

    /// <inheritdoc/>
    public void Apply<T>(ReadOnlySpan<T> image, Span<T> result, Shape imageShape, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Augmentation(this, image.Length, result.Length, imageShape, random);
        if (Deviation == 0)
        {
            image.CopyTo(result);
            return;
        }

        Gaussian.Fill(result, mean: 0, Deviation, random);
        for (int i = 0; i < result.Length; i++)
            result[i] += image[i];
    }
}
