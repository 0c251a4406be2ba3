namespace NeuralNet;

/// <summary>A table as a data set, and what its numbers are called.</summary>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class TabularData<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int[] rows;

    internal TabularData(TabularEncoder encoder, ArrayDataset<T> dataset, int[] rows) => (Encoder, Dataset, this.rows) = (encoder, dataset, rows);

    /// <summary>The data set.</summary>
    public ArrayDataset<T> Dataset { get; }

    /// <summary>What encodes further tables in the same way.</summary>
    public TabularEncoder Encoder { get; }

    /// <summary>The names of the features in order: that of the column, or for a category encoded one-hot <c>column=category</c>.</summary>
    public IReadOnlyList<string> FeatureNames => Encoder.FeatureNames;

    /// <summary>The names of the target columns in order.</summary>
    public IReadOnlyList<string> TargetNames => Encoder.TargetNames;

    /// <summary>The names of the classes, by label; empty for a regression.</summary>
    public IReadOnlyList<string> ClassNames => Encoder.ClassNames;

    /// <summary>Where the samples stand in the table: all rows, but for those that were dropped.</summary>
    public ReadOnlySpan<int> Rows => rows;
}
