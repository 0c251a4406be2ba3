using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The mean of each channel over the whole image; also called AdaptiveAvgPool2d(1) and GlobalAveragePooling2D.</summary>
/// <remarks>Shapes: input <c>[N, C·H·W]</c>, an image of shape (C, H, W); output <c>[N, C]</c>. Gradient: each value gets dy / (H·W). Forward keeps nothing.</remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://arxiv.org/abs/1312.4400">Lin, Chen and Yan (2014), Network In Network.</seealso>
public sealed class GlobalAveragePooling<T> : ILayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchBuffer<T> outputs = new();
    private readonly BatchBuffer<T> inputGradients = new();
    private readonly T[] divisors = new T[1];
    private PoolingWindow? pooling;
    private Matrix<T>? y;

    /// <summary>Creates the layer.</summary>
    public GlobalAveragePooling() => Guard.Precision<T>();

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random)
    {
        Guard.Image(this, inputShape);
        pooling = new PoolingWindow(this, inputShape, new SlidingWindow((inputShape[1], inputShape[2]), 1, 0, 1).Over(this, inputShape[1], inputShape[2]));
        y = null;
        divisors[0] = T.CreateTruncating(inputShape[1] * inputShape[2]);
        return pooling.Channels;
    }

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input)
    {
        Guard.Built(this, pooling);
        Guard.Input(this, pooling.InputSize, input);
        y = outputs.For(input.RowCount, pooling.Channels);
        AveragePool.Forward(pooling.ToOutput, pooling.Channels, Dense.Of(input).View(), divisor: 0, y.View());
        return y;
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        Matrix<T> inputGradient = inputGradients.For(y.RowCount, pooling!.InputSize);
        AveragePool.Backward(pooling.ToInput, pooling.Channels, Dense.Of(outputGradient).View(), divisors, inputGradient.View());
        return inputGradient;
    }

    /// <inheritdoc/>
    public LayerDescription Describe() => LayerDescription.Of(this);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>GlobalAveragePooling</c>.</returns>
    public override string ToString() => Describe().ToString();
}
