using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// Distorts an image as if it were drawn on rubber: the pixel at p comes from <c>p + alpha·(G * u)(p)</c>, with u a field of random numbers and G a Gaussian that smooths it.
/// </summary>
/// <remarks>
/// <para>
/// Each of the two displacements, across and then down, begins as a field with a number from -1 to 1 for every pixel, row after row (height · width draws each), which is then smoothed by
/// a Gaussian whose standard deviation is <see cref="Sigma"/> pixels, cut off at four of them and of sum 1; beyond the image the field is 0. All channels are distorted alike.
/// Pixels are interpolated as in <see cref="RandomAffine"/>.
/// </para>
/// <para>
/// The paper's form for handwritten digits of 29 x 29 pixels is alpha 34 and sigma 4: displacements of a pixel or two. A small sigma with a large alpha tears the image apart, a large sigma shifts it as a whole.
/// </para>
/// </remarks>
/// <seealso href="https://doi.org/10.1109/ICDAR.2003.1227801">Simard, Steinkraus and Platt (2003), Best Practices for Convolutional Neural Networks Applied to Visual Document Analysis.</seealso>
public sealed record ElasticDistortion : IImageAugmentation
{
    /// <summary>Creates the augmentation.</summary>
    /// <param name="alpha">What the smoothed field is multiplied by, in pixels, at least 0; 34 by default.</param>
    /// <param name="sigma">The standard deviation of the smoothing in pixels, from 0.1 to 100; 4 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public ElasticDistortion(double alpha = 34, double sigma = 4) => (Alpha, Sigma) = (alpha, sigma);

    /// <summary>What the smoothed field is multiplied by, in pixels.</summary>
    public double Alpha { get; init => field = Guard.NotNegative(value, "alpha"); }

    /// <summary>The standard deviation of the smoothing in pixels.</summary>
    public double Sigma { get; init => field = Guard.InRange(value, value is >= 0.1 and <= 100, "from 0.1 to 100", "sigma"); }

    /// <summary>The value beyond the image's edge; 0 by default.</summary>
    public double Fill { get; init => field = Guard.Finite(value, "fill"); }

    /// <inheritdoc/>
    public void Apply<T>(ReadOnlySpan<T> image, Span<T> result, Shape imageShape, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Augmentation(this, image.Length, result.Length, imageShape, random);
        if (Alpha == 0)
            image.CopyTo(result);
        else
            Resampling.Elastic(image, result, imageShape[1], imageShape[2], T.CreateTruncating(Fill), Alpha, Sigma, random);
    }
}
