using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Small data sets that are computed, to try a network on.</summary>
public static class SyntheticData
{
    // Each arm of the spiral turns by so many radians, as in the book's data set.
    private const double Turn = 4;

    /// <summary>Exclusive or: four points in two dimensions, and one target that is 1 where exactly one of them is 1.</summary>
    /// <remarks>Shapes: features <c>[4, 2]</c>, targets <c>[4, 1]</c>, in the order 00, 01, 10, 11; the labels are the targets.</remarks>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <returns>A new data set.</returns>
    public static ArrayDataset<T> Xor<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(2, [T.Zero, T.Zero, T.Zero, T.One, T.One, T.Zero, T.One, T.One], [0, 1, 1, 0], classes: 1);

    /// <summary>
    /// Arms of a spiral in two dimensions, one for each class: sample i of class c lies at
    /// <c>(r·sin θ, r·cos θ)</c> with <c>r = i / samplesPerClass</c> and <c>θ = 2π·c / classes + 4r + noise·z</c>, z normal.
    /// </summary>
    /// <remarks>
    /// Shapes: features <c>[samplesPerClass · classes, 2]</c>, each from -1 to 1, targets one-hot, <c>[.., classes]</c>; class after class, from the centre outwards.
    /// No straight line separates the classes. The book's arms begin 4 radians apart; these divide the circle evenly for any number of classes.
    /// </remarks>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="samplesPerClass">The number of samples of each class, at least 1.</param>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="noise">The standard deviation of the angle in radians, at least 0; 0.2 in the book.</param>
    /// <param name="seed">What fixes the noise.</param>
    /// <returns>A new data set.</returns>
    /// <exception cref="ArgumentException">There are more samples than fit into an array.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <seealso href="https://github.com/oreilly-japan/deep-learning-from-scratch-2">Saitoh (2018), Deep Learning from Scratch 2, chapter 1.</seealso>
    public static ArrayDataset<T> Spiral<T>(int samplesPerClass, int classes, double noise, long seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.AtLeast(1, samplesPerClass, nameof(samplesPerClass));
        Guard.AtLeast(2, classes, nameof(classes));
        Guard.NotNegative(noise, nameof(noise));

        var features = new T[new Shape(classes, samplesPerClass, 2).Size];
        var labels = new int[features.Length / 2];
        CounterRandom random = new CounterRandom((ulong)seed).Split(nameof(Spiral));
        for (int sample = 0; sample < labels.Length; sample++)
        {
            labels[sample] = sample / samplesPerClass;
            double radius = (double)(sample % samplesPerClass) / samplesPerClass;
            double angle = (2 * Math.PI * labels[sample] / classes) + (Turn * radius) + (noise * Gaussian.Pair(random).First);
            features[2 * sample] = T.CreateChecked(radius * Elementary.Sin(angle));
            features[(2 * sample) + 1] = T.CreateChecked(radius * Elementary.Cos(angle));
        }

        return new ArrayDataset<T>(2, features, labels, classes);
    }
}
