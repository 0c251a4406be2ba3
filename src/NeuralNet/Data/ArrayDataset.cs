using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Samples in arrays, one after another, with targets or class labels and, if wanted, a weight for each.</summary>
/// <remarks>Shapes: features <c>[N, FeatureShape.Size]</c>, targets <c>[N, TargetShape.Size]</c>; labels become one-hot rows (see <see cref="OneHot"/>).</remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class ArrayDataset<T> : IDataset<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] features;
    private readonly T[] targets = [];
    private readonly ClassLabels? labels;
    private readonly T[]? sampleWeights;

    /// <summary>Creates a set with targets of any kind.</summary>
    /// <param name="featureShape">The shape of one sample's features.</param>
    /// <param name="features">Sample after sample; kept and not copied.</param>
    /// <param name="targetShape">The shape of one sample's target.</param>
    /// <param name="targets">Target after target; kept and not copied.</param>
    /// <param name="sampleWeights">A weight for each sample, finite and at least 0, not all 0; kept and not copied. If left out, samples have no weights.</param>
    /// <exception cref="ArgumentException">The arrays are not a whole number of samples, disagree in their number, or a weight is out of range.</exception>
    /// <exception cref="NotSupportedException">The precision is neither <see langword="float"/> nor <see langword="double"/>.</exception>
    public ArrayDataset(Shape featureShape, T[] features, Shape targetShape, T[] targets, T[]? sampleWeights = null)
        : this(featureShape, features, targetShape, sampleWeights)
    {
        ArgumentNullException.ThrowIfNull(targets);
        int count = Guard.SampleCount(nameof(ArrayDataset<>), targetShape, targets.Length, nameof(targets));
        Guard.OnePerSample(nameof(ArrayDataset<>), Count, count, nameof(targets));
        this.targets = targets;
    }

    /// <summary>Creates a set with class labels.</summary>
    /// <param name="featureShape">The shape of one sample's features.</param>
    /// <param name="features">Sample after sample; kept and not copied.</param>
    /// <param name="labels">The class of each sample, from 0 to <paramref name="classes"/> - 1 (0 or 1 for one class); copied.</param>
    /// <param name="classes">The number of classes and of columns of the targets, at least 1 (1: two classes in one column, see <see cref="OneHot"/>).</param>
    /// <param name="sampleWeights">A weight for each sample, finite and at least 0, not all 0; kept and not copied. If left out, samples have no weights.</param>
    /// <exception cref="ArgumentException">The features are not a whole number of samples, there is not one label for each, or a label or weight is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no classes.</exception>
    /// <exception cref="NotSupportedException">The precision is neither <see langword="float"/> nor <see langword="double"/>.</exception>
    public ArrayDataset(Shape featureShape, T[] features, ReadOnlySpan<int> labels, int classes, T[]? sampleWeights = null)
        : this(featureShape, features, Guard.AtLeast(1, classes, nameof(classes)), sampleWeights)
    {
        Guard.OnePerSample(nameof(ArrayDataset<>), Count, labels.Length, nameof(labels));
        this.labels = new ClassLabels(labels, classes);
    }

    /// <summary>Creates a set from matrices with a sample in each row.</summary>
    /// <param name="features">The features, <c>[N, features]</c>; copied.</param>
    /// <param name="targets">The targets, <c>[N, targets]</c>; copied.</param>
    /// <param name="sampleWeights">A weight for each sample, finite and at least 0, not all 0; kept and not copied. If left out, samples have no weights.</param>
    /// <exception cref="ArgumentException">The matrices are empty or disagree in their rows, or a weight is out of range.</exception>
    /// <exception cref="NotSupportedException">The precision is neither <see langword="float"/> nor <see langword="double"/>.</exception>
    public ArrayDataset(Matrix<T> features, Matrix<T> targets, T[]? sampleWeights = null)
        : this(SampleShape(features), Samples(features), SampleShape(targets), Samples(targets), sampleWeights)
    {
    }

    /// <summary>Creates a set from a matrix with a sample in each row, and class labels.</summary>
    /// <param name="features">The features, <c>[N, features]</c>; copied.</param>
    /// <param name="labels">The class of each sample, from 0 to <paramref name="classes"/> - 1 (0 or 1 for one class); copied.</param>
    /// <param name="classes">The number of classes and of columns of the targets, at least 1 (1: two classes in one column, see <see cref="OneHot"/>).</param>
    /// <param name="sampleWeights">A weight for each sample, finite and at least 0, not all 0; kept and not copied. If left out, samples have no weights.</param>
    /// <exception cref="ArgumentException">The matrix is empty, there is not one label for each row, or a label or weight is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no classes.</exception>
    /// <exception cref="NotSupportedException">The precision is neither <see langword="float"/> nor <see langword="double"/>.</exception>
    public ArrayDataset(Matrix<T> features, ReadOnlySpan<int> labels, int classes, T[]? sampleWeights = null)
        : this(SampleShape(features), Samples(features), labels, classes, sampleWeights)
    {
    }

    private ArrayDataset(Shape featureShape, T[] features, Shape targetShape, T[]? sampleWeights)
    {
        Guard.Precision<T>();
        ArgumentNullException.ThrowIfNull(featureShape);
        ArgumentNullException.ThrowIfNull(targetShape);
        ArgumentNullException.ThrowIfNull(features);
        Count = Guard.SampleCount(nameof(ArrayDataset<>), featureShape, features.Length, nameof(features));
        if (sampleWeights is not null)
        {
            Guard.OnePerSample(nameof(ArrayDataset<>), Count, sampleWeights.Length, nameof(sampleWeights));
            Guard.SampleWeights<T>(nameof(ArrayDataset<>), Count, sampleWeights);
        }

        (FeatureShape, TargetShape, this.features, this.sampleWeights) = (featureShape, targetShape, features, sampleWeights);
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public Shape FeatureShape { get; }

    /// <inheritdoc/>
    public Shape TargetShape { get; }

    /// <summary>The class of every sample, where the set was created with labels; else empty.</summary>
    public ReadOnlySpan<int> Labels => labels is null ? [] : labels.Values;

    /// <inheritdoc/>
    public bool HasSampleWeights => sampleWeights is not null;

    /// <inheritdoc/>
    public void CopyBatch(ReadOnlySpan<int> indices, Matrix<T> features, Matrix<T> targets)
    {
        Guard.Indices(this, Count, indices);
        Guard.Batch(this, indices.Length, FeatureShape, features, nameof(features));
        Guard.Batch(this, indices.Length, TargetShape, targets, nameof(targets));
        Gather.Values(this.features, indices, features.View());
        if (labels is null)
            Gather.Values(this.targets, indices, targets.View());
        else
            labels.CopyBatch(indices, targets.View());
    }

    /// <inheritdoc/>
    public void CopyWeights(ReadOnlySpan<int> indices, Span<T> weights)
    {
        Guard.Indices(this, Count, indices);
        Guard.OnePerSample(this, indices.Length, weights.Length, nameof(weights));
        for (int i = 0; i < indices.Length; i++)
            weights[i] = sampleWeights is null ? T.One : sampleWeights[indices[i]];
    }

    /// <summary>The number of samples and the shapes.</summary>
    /// <returns>For example <c>ArrayDataset(150 of 4 -> 3)</c>.</returns>
    public override string ToString() => $"ArrayDataset({Count} of {FeatureShape} -> {TargetShape})";

    private static Shape SampleShape(Matrix<T> rows)
    {
        Guard.NotEmpty(nameof(ArrayDataset<>), rows);
        return rows.ColumnCount;
    }

    // The rows of a matrix, one after another.
    private static T[] Samples(Matrix<T> rows)
    {
        var samples = new T[new Shape(rows.RowCount, rows.ColumnCount).Size];
        Transpose.ToRows(Dense.Of(rows).View(), samples);
        return samples;
    }
}
