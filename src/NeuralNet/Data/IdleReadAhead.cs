using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Reads a batch in parts, which the threads of the network do while they wait for each other: for batches that are read so fast that to wake a thread for them is not worth it.</summary>
internal sealed class IdleReadAhead<T> : IdleWork, IReadAhead<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private IColumnwiseDataset<T>? dataset;
    private ReadOnlyMemory<int> indices;
    private Batch<T> batch;
    private int parts;

    /// <summary>Whether a batch of a data set is read by several threads in parts.</summary>
    public static bool Suits(IDataset<T> dataset, int count) =>
        ThreadLimit.Current > 1 && dataset is IColumnwiseDataset<T> { IsColumnwise: true } && Columns.Units(dataset.FeatureShape.Size, count) > 1;

    /// <inheritdoc/>
    public void Begin(BatchMemory<T> memory, IDataset<T> dataset, int number, ReadOnlyMemory<int> indices)
    {
        (this.dataset, this.indices) = ((IColumnwiseDataset<T>)dataset, indices);
        batch = memory.Prepare(dataset, number, indices);
        parts = Columns.Units(batch.Features.ColumnCount, batch.Features.RowCount);
        Offer(1 + parts);
    }

    /// <inheritdoc/>
    public Batch<T> End()
    {
        Complete();
        return batch;
    }

    /// <inheritdoc/>
    public void Forget() => Withdraw();

    /// <summary>The targets, or a part of the features.</summary>
    protected override void Do(int unit)
    {
        (int part, int columns) = (unit - 1, batch.Features.ColumnCount);
        if (unit == 0)
            dataset!.CopyTargets(indices.Span, batch.Features, batch.Targets);
        else
            dataset!.CopyColumns(indices.Span, batch.Features, EvenParts.Start(part, parts, columns), EvenParts.Start(part + 1, parts, columns));
    }
}
