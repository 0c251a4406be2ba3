using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The focal loss <c>l = -Σ_k alpha_k·t_k·(1 - y_k)^gamma·log y_k</c> with <c>y = softmax(x)</c>, in nats: samples that are classified well already count little. Keras' CategoricalFocalCrossentropy.</summary>
/// <remarks>
/// Shapes: scores and targets <c>[N, classes]</c>, at least two classes; a target is one-hot, or a distribution. Reduction: the sum over classes, then the mean over samples, whatever the alpha
/// (the paper divides by the number of objects found in an image).
/// Gradient: <c>dL/dx_k = (g_k - y_k·Σ_j g_j) / N</c> with <c>g_k = -alpha_k·t_k·(1 - y_k)^(gamma - 1)·(1 - y_k - gamma·y_k·log y_k)</c>.
/// With gamma = 0 and no alpha it is <see cref="SoftmaxWithLoss{T}"/>. Computed by log-sum-exp and 1 - y as -expm1(log y), safe for scores of any finite size: nothing is clamped.
/// The head is the softmax: Predict gives probabilities. A weight that feeds it begins as <see cref="Xavier"/>.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://arxiv.org/abs/1708.02002">Lin, Goyal, Girshick, He and Dollár (2017), Focal Loss for Dense Object Detection: of a sigmoid there, of a softmax here.</seealso>
public sealed class Focal<T> : ILossLayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SoftmaxLossFunction<T, FocalOperator<T>> loss;
    private readonly OutputWeights alpha;
    private readonly double gamma;

    /// <summary>Creates the loss.</summary>
    /// <param name="gamma">How steeply a sample's part falls as its probability rises, at least 0 and finite; 2 by default, as the paper.</param>
    /// <param name="alpha">How much each class counts, one for each class, at least 0 and not all 0; 1 each by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">Gamma is out of range.</exception>
    /// <exception cref="ArgumentException">An alpha is out of range.</exception>
    public Focal(double gamma = 2, ReadOnlySpan<double> alpha = default)
    {
        this.gamma = Guard.NotNegative<T>(gamma, nameof(gamma));
        this.alpha = OutputWeights.Of<T>(alpha, nameof(alpha));
        loss = new(this, Operators);
    }

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => loss.FeedingInitializer;

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random) => loss.Build(inputShape);

    /// <inheritdoc/>
    public double Forward(Matrix<T> input, Matrix<T> target, ReadOnlySpan<T> sampleWeights = default) => loss.Forward(input, target, sampleWeights);

    /// <inheritdoc/>
    public Matrix<T> Backward() => loss.Backward();

    /// <summary>The head: the softmax of the scores.</summary>
    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => loss.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => loss.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => new LayerDescription("Focal", OutputWeights.Text($"gamma {Guard.Number(gamma)}", alpha)).With("gamma", gamma).With("alpha", alpha.Values);

    /// <summary>The loss in one line.</summary>
    /// <returns><c>Focal(gamma 2)</c>, with the number of alpha where there are any: <c>Focal(gamma 2, 3 alpha)</c>.</returns>
    public override string ToString() => Describe().ToString();

    private FocalOperator<T>[] Operators(int classes)
    {
        alpha.Check(this, classes);
        return [.. Enumerable.Range(0, classes).Select(label => new FocalOperator<T>(alpha.At<T>(label), T.CreateTruncating(gamma)))];
    }
}
