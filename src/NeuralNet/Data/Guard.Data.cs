using MathNet.Numerics.LinearAlgebra.Storage;

namespace NeuralNet;

// Checks of data sets and their batches.
internal static partial class Guard
{
    /// <summary>A data set whose samples fit a network with a loss.</summary>
    public static void Dataset<T>(string role, Network<T> network, IDataset<T> dataset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (dataset.FeatureShape.Size != network.InputShape.Size)
            throw new ArgumentException($"The network expects samples of {network.InputShape}, the {role} set {dataset} has {dataset.FeatureShape}.");
        if (dataset.TargetShape.Size != network.OutputShape.Size)
            throw new ArgumentException($"The network expects targets of {network.OutputShape}, the {role} set {dataset} has {dataset.TargetShape}.");
    }

    /// <summary>Numbers of samples that lie one after another: a whole number of samples, at least one.</summary>
    public static int SampleCount(object who, Shape sampleShape, int numbers, string name)
    {
        if (numbers == 0 || numbers % sampleShape.Size != 0)
            throw new ArgumentException($"{who} expects {name} of {sampleShape.ToSizeString()} numbers a sample, at least one sample; got {numbers} numbers.", name);
        return numbers / sampleShape.Size;
    }

    /// <summary>A shape, which may have no dimensions or such of 0, and as many values as it holds.</summary>
    public static void ArrayShape(ReadOnlySpan<int> dimensions, int values)
    {
        string shape = $"[{string.Join(", ", dimensions.ToArray())}]";
        if (dimensions.Length > 64)
            throw new ArgumentException($"An array has at most 64 dimensions; got {dimensions.Length}.", nameof(dimensions));
        UInt128 count = 1;
        foreach (int dimension in dimensions)
        {
            InRange(dimension, dimension >= 0, "at least 0", nameof(dimensions));
            count = UInt128.Min(count * (uint)dimension, ulong.MaxValue);
        }

        if (count != (UInt128)values)
            throw new ArgumentException($"An array of shape {shape} expects {count} values, got {values}.", nameof(values));
    }

    /// <summary>A data set of images.</summary>
    public static void ImageSamples(object dataset, Shape featureShape)
    {
        if (featureShape.Rank != 3)
            throw new ArgumentException($"Augmentation expects images of shape (channels, height, width), and the samples of {dataset} have shape {featureShape.ToSizeString()}.", nameof(dataset));
    }

    /// <summary>An image to augment, and as much memory for the result.</summary>
    public static void Augmentation(object who, int imageLength, int resultLength, Shape imageShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(imageShape);
        ArgumentNullException.ThrowIfNull(random);
        if (imageShape.Rank != 3)
            throw new ArgumentException($"{who.GetType().Name} expects an image of shape (channels, height, width), got {imageShape.ToSizeString()}.", nameof(imageShape));
        if (imageLength != imageShape.Size || resultLength != imageShape.Size)
            throw new ArgumentException($"{who.GetType().Name} expects an image and a result of {imageShape.ToSizeString()} numbers, got {imageLength} and {resultLength}.", nameof(imageShape));
    }

    public static void OnePerSample(object who, int count, int found, string name)
    {
        if (found != count)
            throw new ArgumentException($"{who} expects {count} {name}, one for each sample, got {found}.", name);
    }

    /// <summary>Indices into a data set.</summary>
    public static void Indices(object who, int count, ReadOnlySpan<int> indices)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            if ((uint)indices[i] >= (uint)count)
                throw new ArgumentOutOfRangeException(nameof(indices), $"{who}: indices must be from 0 to {count - 1}; got {indices[i]} at place {i}.");
        }
    }

    /// <summary>A data set with classes; if there is something to use instead, the error says so.</summary>
    public static void HasLabels<T>(string who, IDataset<T> dataset, string? instead = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (dataset.Labels.IsEmpty)
            throw new ArgumentException($"{who} needs labels, and {dataset} has none.{(instead is null ? string.Empty : $" Use {instead}.")}", nameof(dataset));
    }

    /// <summary>A dense matrix for a batch of a data set.</summary>
    public static void Batch<T>(object who, int rows, Shape shape, Matrix<T> matrix, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(matrix, name);
        if (matrix.RowCount != rows || matrix.ColumnCount != shape.Size)
            throw new ArgumentException($"{who} expects {name} of shape [{rows}, {shape.Size}], got {Text(matrix)}.", name);
        if (matrix.Storage is not DenseColumnMajorMatrixStorage<T>)
            throw new ArgumentException($"{who} expects a dense matrix of {name}, got {matrix.GetType().Name}.", name);
    }

    /// <summary>The numbers of a scaling: as many factors as offsets, none that spoils what it scales.</summary>
    public static void Scaling(ReadOnlySpan<double> offsets, ReadOnlySpan<double> factors)
    {
        if (offsets.IsEmpty || offsets.Length != factors.Length)
            throw new ArgumentException($"A scaling expects as many factors as offsets, at least one; got {offsets.Length} offsets and {factors.Length} factors.", nameof(factors));
        for (int i = 0; i < offsets.Length; i++)
        {
            if (!double.IsFinite(offsets[i]))
                throw new ArgumentException($"offsets must be finite; got {Number(offsets[i])} at index {i}.", nameof(offsets));
            if (!double.IsFinite(factors[i]) || factors[i] == 0)
                throw new ArgumentException($"factors must be finite and not 0; got {Number(factors[i])} at index {i}.", nameof(factors));
        }
    }

    /// <summary>A sample that has a number of a scaling for each feature, or for each channel.</summary>
    public static void Scales(object who, int numbers, Shape shape, string name)
    {
        if (shape.Size != numbers && shape[0] != numbers)
            throw new ArgumentException($"{who} expects samples of {numbers} numbers or {numbers} channels, got {shape.ToSizeString()}.", name);
    }

    /// <summary>Samples as wide as a scaling, or a multiple of that.</summary>
    public static void Scales<T>(object who, int numbers, Matrix<T> samples, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(samples, name);
        if (samples.ColumnCount % numbers != 0)
            throw new ArgumentException($"{who} expects samples of shape [N, {numbers}], or a multiple of {numbers} columns; got {Text(samples)}.", name);
    }

    /// <summary>Targets that are measured, not classes.</summary>
    public static void TargetsAreNumbers<T>(IDataset<T> dataset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (!dataset.Labels.IsEmpty)
            throw new ArgumentException($"{dataset} has classes: its targets are not numbers to scale.", nameof(dataset));
    }

    /// <summary>A statistic that is finite because every number that it was taken of is.</summary>
    public static void FiniteFeature(object dataset, string what, int index, double statistic)
    {
        if (!double.IsFinite(statistic))
            throw new ArgumentException($"{dataset}: {what} {index} is not finite in every sample, or too large to take a mean of, so it cannot be scaled.", nameof(dataset));
    }

    /// <summary>A number that the precision can hold.</summary>
    public static T Representable<T>(string who, double value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T rounded = T.CreateTruncating(value);
        return T.IsFinite(rounded) ? rounded : throw new ArgumentException($"{who}: {Number(value)} is too large for {typeof(T).Name}.");
    }
}
