namespace NeuralNet;

/// <summary>Labels in place of target matrices, for a loss that is used by itself.</summary>
public static class LossLayerExtensions
{
    /// <summary>Computes the loss of a batch against class labels, as one-hot targets as wide as the scores (see <see cref="OneHot"/>).</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="loss">The loss.</param>
    /// <param name="input">The scores, <c>[N, classes]</c>.</param>
    /// <param name="labels">A label for each sample, from 0 to classes - 1.</param>
    /// <param name="sampleWeights">A weight for each sample; empty for equal weights.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">There is not one label for each sample, or a label is out of range.</exception>
    public static double Forward<T>(this ILossLayer<T> loss, Matrix<T> input, ReadOnlySpan<int> labels, ReadOnlySpan<T> sampleWeights = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(input);
        Guard.RowsMatch(input, labels.Length, "labels");
        return loss.Forward(input, OneHot.Encode<T>(labels, input.ColumnCount), sampleWeights);
    }
}
