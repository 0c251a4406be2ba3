namespace NeuralNet;

/// <summary>Weights for classes, where some have few samples and should count for more, or mistakes in some cost more.</summary>
public static class ClassWeights
{
    /// <summary>Weights that make every class count as much: <c>count / (classes · count of the class)</c>, scikit-learn's <c>class_weight="balanced"</c>.</summary>
    /// <remarks>The weights of all samples sum to their number, so that the mean weight is 1.</remarks>
    /// <param name="labels">The class of each sample, from 0 to <paramref name="classes"/> - 1.</param>
    /// <param name="classes">The number of classes, at least 2; of a set with one target column, 2.</param>
    /// <returns>A weight for each class.</returns>
    /// <exception cref="ArgumentException">A label is out of range, or a class has no samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two classes.</exception>
    public static double[] Balanced(ReadOnlySpan<int> labels, int classes)
    {
        Guard.AtLeast(2, classes, nameof(classes));
        OneHot.Check(labels, classes);
        var counts = new int[classes];
        foreach (int label in labels)
            counts[label]++;
        if (counts.Contains(0))
            throw new ArgumentException($"A class without samples cannot be balanced; class {Array.IndexOf(counts, 0)} of {classes} has none among {labels.Length} labels.", nameof(labels));

        int total = labels.Length;
        return Array.ConvertAll(counts, count => total / ((double)classes * count));
    }

    /// <summary>The same samples, with the weight of their class in the loss.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="dataset">The data set, with labels.</param>
    /// <param name="weights">A weight for each class, finite and at least 0, not all 0; copied. In a set of one target column, for class 0 and class 1.</param>
    /// <returns>A view of the set.</returns>
    /// <exception cref="ArgumentException">The data set has no labels, or the weights are out of range or not one for each class.</exception>
    public static ClassWeightedDataset<T> WithClassWeights<T>(this IDataset<T> dataset, params ReadOnlySpan<double> weights)
        where T : unmanaged, IFloatingPointIeee754<T> => new(dataset, weights);
}
