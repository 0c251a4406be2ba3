using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The logarithm of each sample's softmax, <c>y_k = x_k - log Σ_j e^(x_j)</c>: scores become the logarithms of probabilities.</summary>
/// <remarks>
/// Shapes: input and output <c>[N, classes]</c>, at least two classes. Gradient: <c>dL/dx_k = dy_k - e^(y_k)·Σ_j dy_j</c>.
/// Computed as <c>(x_k - max) - log(1 + rest)</c>, so that scores of any finite size are safe and a probability near 1 keeps the digits of its logarithm.
/// NaN or plus infinity in a sample makes it NaN; minus infinity stays. To train, prefer <see cref="SoftmaxWithLoss{T}"/>. A weight that feeds it begins as <see cref="Xavier"/>.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class LogSoftmax<T> : ILayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchBuffer<T> outputs = new();
    private readonly BatchBuffer<T> inputGradients = new();
    private Matrix<T>? y;

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => new Xavier();

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
        LogSoftmaxKernel.Forward(Dense.Of(input).View(), y.View());
        return y;
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        Matrix<T> inputGradient = inputGradients.Like(y);
        LogSoftmaxKernel.Backward(y.View(), Dense.Of(outputGradient).View(), inputGradient.View());
        return inputGradient;
    }

    /// <inheritdoc/>
    public LayerDescription Describe() => LayerDescription.Of(this);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>LogSoftmax</c>.</returns>
    public override string ToString() => Describe().ToString();
}
