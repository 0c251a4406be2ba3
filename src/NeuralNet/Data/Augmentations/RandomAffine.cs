using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// Turns, scales, slants and shifts an image in one: the pixel at p goes to <c>c + R·K·s·(p - c) + t</c>, with c the image's centre, R a rotation, K a slant, s a scale and t a shift.
/// </summary>
/// <remarks>
/// <para>
/// Everything is drawn evenly from its range, in the order angle, scale, shear, shift to the right, shift down; whatever the ranges, there are five draws.
/// The image is resampled once, however many of the changes are wanted, because every resampling blurs: a pixel of the result is interpolated linearly, in both directions,
/// from the four around the place where it comes from. Beyond the image's edge lies <see cref="Fill"/>.
/// </para>
/// <para>Where nothing changes, the result is the image to the bit. For whole pixels alone <see cref="RandomShift"/> does not blur at all.</para>
/// </remarks>
public sealed record RandomAffine : IImageAugmentation
{
    /// <summary>Creates the augmentation; what is left out does not change.</summary>
    /// <param name="degrees">The largest rotation in degrees, either way, from 0 to 180.</param>
    /// <param name="shift">The largest shift in pixels, in each direction, at least 0; any fraction of a pixel is drawn.</param>
    /// <param name="minScale">The smallest scale, from 0.01 to 100; below 1 the image shrinks.</param>
    /// <param name="maxScale">The largest scale, from <paramref name="minScale"/> to 100.</param>
    /// <param name="shear">The largest slant of vertical lines in degrees, either way, from 0 to 80.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public RandomAffine(double degrees = 0, double shift = 0, double minScale = 1, double maxScale = 1, double shear = 0)
    {
        (Degrees, Shift, Shear) = (degrees, shift, shear);
        MinScale = Guard.InRange(minScale, minScale is >= 0.01 and <= 100, "from 0.01 to 100", nameof(minScale));
        MaxScale = Guard.InRange(maxScale, maxScale >= minScale && maxScale <= 100, FormattableString.Invariant($"from minScale = {minScale} to 100"), nameof(maxScale));
    }

    /// <summary>The largest rotation in degrees, either way.</summary>
    public double Degrees { get; init => field = Guard.InRange(value, value is >= 0 and <= 180, "from 0 to 180", "degrees"); }

    /// <summary>The largest shift in pixels, in each direction.</summary>
    public double Shift { get; init => field = Guard.NotNegative(value, "shift"); }

    /// <summary>The smallest scale.</summary>
    public double MinScale { get; }

    /// <summary>The largest scale.</summary>
    public double MaxScale { get; }

    /// <summary>The largest slant of vertical lines in degrees, either way.</summary>
    public double Shear { get; init => field = Guard.InRange(value, value is >= 0 and <= 80, "from 0 to 80", "shear"); }

    /// <summary>The value beyond the image's edge; 0 by default.</summary>
    public double Fill { get; init => field = Guard.Finite(value, "fill"); }

    /// <inheritdoc/>
    public void Apply<T>(ReadOnlySpan<T> image, Span<T> result, Shape imageShape, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Augmentation(this, image.Length, result.Length, imageShape, random);
        double angle = Draw.Within(Degrees, random), scale = MinScale + ((MaxScale - MinScale) * random.NextDouble()), shear = Draw.Within(Shear, random);
        double right = Draw.Within(Shift, random), down = Draw.Within(Shift, random);
        if (angle == 0 && scale == 1 && shear == 0 && right == 0 && down == 0)
            image.CopyTo(result);
        else
            Resampling.Affine(image, result, imageShape[1], imageShape[2], T.CreateTruncating(Fill), AffineMap.Back(Radians(angle), scale, Radians(shear), right, down));
    }

    private static double Radians(double degrees) => degrees * (Math.PI / 180);
}
