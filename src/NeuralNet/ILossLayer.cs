using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// The last layer of a network that trains: a loss when it is given a target, and the network's <em>head</em> when it is not.
/// </summary>
/// <remarks>
/// As a plain layer it computes what the scores mean (probabilities, or the scores themselves: each loss says which) with the true derivative of that
/// function, so that <see cref="Network{T}.Predict(Matrix{T})"/> gives probabilities. Each loss states its reduction over outputs and samples.
/// With sample weights <c>w</c> the mean over samples becomes <c>Σ w·l / Σ w</c>; <see cref="TotalWeight"/> is what stands below.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public interface ILossLayer<T> : ILayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Computes the loss of a batch.</summary>
    /// <param name="input">The scores, <c>[N, out]</c>; unchanged until <see cref="Backward()"/> has run.</param>
    /// <param name="target">The targets, <c>[N, out]</c>; unchanged until <see cref="Backward()"/> has run.</param>
    /// <param name="sampleWeights">A weight for each sample, finite, at least 0 and not all 0; empty for equal weights.</param>
    /// <returns>The loss, reduced over outputs and samples.</returns>
    /// <exception cref="ArgumentException">The shapes of scores, targets and weights do not match, or a weight is out of range.</exception>
    double Forward(Matrix<T> input, Matrix<T> target, ReadOnlySpan<T> sampleWeights = default);

    /// <summary>What the loss of a batch is divided by, and so how much it counts beside other batches: the loss over several is <c>Σ W·L / Σ W</c> of their losses L and these weights W.</summary>
    /// <remarks>The number of samples, or the sum of their weights. A loss to which samples count for what their targets are, as with class weights, says so here.</remarks>
    /// <param name="target">The targets, <c>[N, out]</c>.</param>
    /// <param name="sampleWeights">A weight for each sample; empty for equal weights.</param>
    /// <returns>The weight, at least 0.</returns>
    /// <exception cref="ArgumentException">There are weights, but not one for each sample.</exception>
    double TotalWeight(Matrix<T> target, ReadOnlySpan<T> sampleWeights = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        Guard.OneForEachSample(this, target.RowCount, sampleWeights);
        return sampleWeights.IsEmpty ? target.RowCount : Reduction.Sum(sampleWeights);
    }

    /// <summary>Computes the gradient of the latest loss with respect to the scores.</summary>
    /// <remarks>
    /// The library's losses give 0 for a gradient below 9.9e-32 (1e-292 in double), where PyTorch gives the number itself: products with it in the layers before would be subnormal, which many
    /// processors compute many times more slowly. Only rules that step by the sign, <see cref="Lion"/> and <see cref="Rprop"/>, could tell.
    /// </remarks>
    /// <returns>dL/d(input), <c>[N, out]</c>: the layer's own buffer, valid until its next <c>Backward</c>.</returns>
    /// <exception cref="InvalidOperationException">There was no <c>Forward</c> with a target yet.</exception>
    Matrix<T> Backward();
}
