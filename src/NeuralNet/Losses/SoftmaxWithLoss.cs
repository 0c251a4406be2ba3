using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Softmax and cross-entropy in one, <c>l = -Σ_k t_k·log softmax(x)_k</c> in nats; PyTorch's CrossEntropyLoss on scores (logits), Keras' CategoricalCrossentropy(from_logits).</summary>
/// <remarks>
/// <para>
/// Shapes: scores and targets <c>[N, classes]</c>, at least two classes; a target is one-hot, or a distribution. Reduction: the sum over classes, then the mean over samples.
/// Gradient: <c>dL/dx = (y·Σt - t) / N</c> with <c>y = softmax(x)</c>, which is <c>(y - t) / N</c> for targets that sum to 1.
/// Computed by log-sum-exp, <c>log y = (x - max) - log Σ e^(x - max)</c>, safe for scores of any finite size: nothing is clamped.
/// The head is the softmax: Predict gives probabilities. A weight that feeds it begins as <see cref="Xavier"/>.
/// </para>
/// <para>
/// With label smoothing s and class weights c the targets above are <c>u_k = c_k·((1 - s)·t_k + s / classes)</c> in their place, and the mean is over the class weights of the targets as they were
/// given: <c>L = -Σ u·log y / Σ c·t</c>, both sums over samples and classes, each sample times its own weight if it has one. For one-hot targets this is what PyTorch computes for class indices, with any smoothing and weights. For
/// distributions PyTorch computes the same where there are no class weights; with them it divides by N in place of <c>Σ c·t</c>, so that a one-hot matrix and the same labels give different losses: here they give the same.
/// </para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://arxiv.org/abs/1512.00567">Szegedy et al. (2016), Rethinking the Inception Architecture: label smoothing.</seealso>
public sealed class SoftmaxWithLoss<T> : ILossLayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SoftmaxLossFunction<T, LogLikelihoodOperator<T>> loss;
    private readonly OutputWeights classWeights;
    private readonly double labelSmoothing;

    /// <summary>Creates the loss.</summary>
    /// <param name="labelSmoothing">The share of every target that is spread evenly over all classes, in [0, 1); 0 by default. PyTorch's label_smoothing.</param>
    /// <param name="classWeights">
    /// How much a target of each class counts, one for each class, at least 0 and not all 0, and greater than 0 where labels are smoothed; 1 each by default. PyTorch's weight.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing is out of range.</exception>
    /// <exception cref="ArgumentException">A class weight is out of range.</exception>
    public SoftmaxWithLoss(double labelSmoothing = 0, ReadOnlySpan<double> classWeights = default)
    {
        this.labelSmoothing = Guard.Share(labelSmoothing, nameof(labelSmoothing));
        this.classWeights = OutputWeights.Of<T>(classWeights, nameof(classWeights));
        if (labelSmoothing > 0)
            Guard.SmoothedClassWeights(classWeights, nameof(classWeights));
        loss = new(this, Operators);
    }

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => loss.FeedingInitializer;

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random) => loss.Build(inputShape);

    /// <summary>The number of samples or the sum of their weights; with class weights, the sum of the weights of the targets' classes.</summary>
    /// <inheritdoc/>
    public double TotalWeight(Matrix<T> target, ReadOnlySpan<T> sampleWeights = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        classWeights.Check(this, target.ColumnCount);
        Guard.OneForEachSample(this, target.RowCount, sampleWeights);
        if (!classWeights.IsEmpty)
            return Reduction.WeightedSum(Dense.Of(target).View(), sampleWeights, classWeights.Values);
        return sampleWeights.IsEmpty ? target.RowCount : Reduction.Sum(sampleWeights);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes of scores, targets and weights do not match, a weight is out of range, or no target has a class of weight greater than 0.</exception>
    public double Forward(Matrix<T> input, Matrix<T> target, ReadOnlySpan<T> sampleWeights = default) => loss.Forward(input, target, sampleWeights);

    /// <inheritdoc/>
    public Matrix<T> Backward() => loss.Backward();

    /// <summary>The head: the softmax of the scores.</summary>
    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => loss.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => loss.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() =>
        new LayerDescription("SoftmaxWithLoss", OutputWeights.Text(labelSmoothing == 0 ? "" : $"labelSmoothing {Guard.Number(labelSmoothing)}", classWeights))
            .With("labelSmoothing", labelSmoothing).With("classWeights", classWeights.Values);

    /// <summary>The loss in one line.</summary>
    /// <returns><c>SoftmaxWithLoss</c>, with what differs from the defaults: <c>SoftmaxWithLoss(labelSmoothing 0.1, 3 classWeights)</c>.</returns>
    public override string ToString() => Describe().ToString();

    private LogLikelihoodOperator<T>[] Operators(int classes)
    {
        classWeights.Check(this, classes);
        (T kept, T spread) = (T.CreateTruncating(1 - labelSmoothing), T.CreateTruncating(labelSmoothing / classes));
        return [.. Enumerable.Range(0, classes).Select(label => new LogLikelihoodOperator<T>(classWeights.At<T>(label), kept, spread))];
    }
}
