namespace NeuralNet;

/// <summary>Another augmentation with a probability; else the image stays as it is.</summary>
public sealed record RandomApply : IImageAugmentation
{
    /// <summary>Creates the augmentation.</summary>
    /// <param name="augmentation">What happens.</param>
    /// <param name="probability">How probable it is, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is out of range.</exception>
    public RandomApply(IImageAugmentation augmentation, double probability)
    {
        ArgumentNullException.ThrowIfNull(augmentation);
        (Augmentation, Probability) = (augmentation, probability);
    }

    /// <summary>What happens.</summary>
    public IImageAugmentation Augmentation { get; }

    /// <summary>How probable it is.</summary>
    public double Probability { get; init => field = Guard.Fraction(value, "probability"); }

    /// <inheritdoc/>
    public void Apply<T>(ReadOnlySpan<T> image, Span<T> result, Shape imageShape, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Augmentation(this, image.Length, result.Length, imageShape, random);
        if (Draw.Happens(Probability, random))
            Augmentation.Apply(image, result, imageShape, random);
        else
            image.CopyTo(result);
    }
}
