using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The softmax of each sample, <c>y_k = e^(x_k) / Σ_j e^(x_j)</c>: scores become probabilities that sum to 1.</summary>
/// <remarks>
/// Shapes: input and output <c>[N, classes]</c>, at least two classes. Gradient: <c>dL/dx_k = y_k·(dy_k - Σ_j y_j·dy_j)</c>.
/// The largest score is taken off first, so scores of any finite size are safe. NaN in a sample makes all of its outputs NaN.
/// To train, prefer <see cref="SoftmaxWithLoss{T}"/>, whose gradient does not cancel. A weight that feeds it begins as <see cref="Xavier"/>.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Softmax<T> : ILayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchBuffer<T> outputs = new();
    private readonly BatchBuffer<T> inputGradients = new();
    private readonly BatchBuffer<T> maxima = new();
    private readonly BatchBuffer<T> logSums = new();
    private Matrix<T>? y;

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => new Xavier();

    /// <summary>Of the latest Forward, each sample's largest score.</summary>
    internal Span<T> Maxima => maxima.For(y!.RowCount, 1).Values();

    /// <summary>Of the latest Forward, each sample's <c>log Σ e^(x - max)</c>.</summary>
    internal Span<T> LogSums => logSums.For(y!.RowCount, 1).Values();

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        Guard.SeveralScores(this, inputShape);
        return inputShape;
    }

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input)
    {
        Guard.NotEmpty(this, input);
        y = outputs.Like(input);
        SoftmaxKernel.Forward(Dense.Of(input).View(), y.View(), Maxima, LogSums);
        return y;
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        Matrix<T> inputGradient = inputGradients.Like(y);
        SoftmaxKernel.Backward(y.View(), Dense.Of(outputGradient).View(), inputGradient.View());
        return inputGradient;
    }

    /// <inheritdoc/>
    public LayerDescription Describe() => LayerDescription.Of(this);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>Softmax</c>.</returns>
    public override string ToString() => Describe().ToString();
}
