using System.Globalization;

namespace NeuralNet;

/// <summary>What a classifier says of a sample, in words.</summary>
public static class Classification
{
    /// <summary>Predicts one sample's classes, the most probable first. May be called from many threads at once as long as nobody trains.</summary>
    /// <remarks>Of a single output p, the two classes have the probabilities 1 - p and p. Equal ones stand in the order of the classes.</remarks>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="network">The network, one whose outputs are probabilities.</param>
    /// <param name="sample">One sample: <see cref="Network{T}.InputShape"/>.Size numbers.</param>
    /// <returns>Every class with its probability.</returns>
    /// <exception cref="ArgumentException">The sample does not have the network's size.</exception>
    public static IReadOnlyList<ClassProbability> Classify<T>(this Network<T> network, ReadOnlySpan<T> sample)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        return Ranked(network.Evaluators.PredictOne(sample, network.MaxThreads), network.ClassNames);
    }

    /// <inheritdoc cref="Classify{T}(Network{T}, ReadOnlySpan{T})"/>
    /// <summary>Predicts one sample's classes, the most probable first. May be called from many threads at once.</summary>
    /// <param name="predictor">The predictor, one whose outputs are probabilities.</param>
    /// <param name="sample">One sample: <see cref="Predictor{T}.InputShape"/>.Size numbers.</param>
    public static IReadOnlyList<ClassProbability> Classify<T>(this Predictor<T> predictor, ReadOnlySpan<T> sample)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(predictor);
        return Ranked(predictor.Evaluators.PredictOne(sample, predictor.MaxThreads), predictor.ClassNames);
    }

    private static IReadOnlyList<ClassProbability> Ranked<T>(T[] outputs, IReadOnlyList<string> names)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] probabilities = [.. outputs.Select(double.CreateTruncating)];
        if (probabilities is [double only])
            probabilities = [1 - only, only];
        return [.. probabilities.Select((probability, i) => new ClassProbability(i, Name(names, i), probability)).OrderByDescending(found => found.Probability)];
    }

    private static string Name(IReadOnlyList<string> names, int i) => names.Count == 0 ? i.ToString(CultureInfo.InvariantCulture) : names[i];
}
