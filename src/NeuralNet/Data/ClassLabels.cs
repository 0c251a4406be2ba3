using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The labels of a data set, checked, and their batches as one-hot rows.</summary>
internal sealed class ClassLabels
{
    private readonly int[] labels;

    public ClassLabels(ReadOnlySpan<int> labels, int classes)
    {
        Guard.AtLeast(1, classes, nameof(classes));
        OneHot.Check(labels, classes);
        (this.labels, Shape) = (labels.ToArray(), classes);
    }

    public Shape Shape { get; }

    public ReadOnlySpan<int> Values => labels;

    public void CopyBatch<T>(ReadOnlySpan<int> indices, MatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        targets.Values.Clear();
        for (int row = 0; row < indices.Length; row++)
            OneHot.Set(targets, row, labels[indices[row]]);
    }
}
