namespace NeuralNet;

/// <summary>A data set whose batches can be copied some columns at a time, by several threads.</summary>
internal interface IColumnwiseDataset<T> : IDataset<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether it can; one that wraps another can if that one can.</summary>
    bool IsColumnwise => true;

    /// <summary>What <see cref="IDataset{T}.CopyBatch"/> does beside the features: checks its arguments and copies the targets.</summary>
    void CopyTargets(ReadOnlySpan<int> indices, Matrix<T> features, Matrix<T> targets);

    /// <summary>Copies the features from column <paramref name="first"/> up to but without <paramref name="end"/>; indices and matrix are checked.</summary>
    void CopyColumns(ReadOnlySpan<int> indices, Matrix<T> features, int first, int end);
}
