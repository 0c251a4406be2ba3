using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The mean under a sliding window, for each channel by itself; also called AvgPool2d.</summary>
/// <remarks>
/// <para>
/// Shapes: input <c>[N, C·H·W]</c>, an image of shape (C, H, W); output (C, H', W') with <c>H' = ⌊(H + padding above and below - kernel) / stride⌋ + 1</c>. Rows and columns that no whole window covers are left out.
/// </para>
/// <para>
/// Padding counts as zeros, as in PyTorch: the sum is divided by the size of the window. With <c>countPadding: false</c> it is divided by how many values lie within the image, as in Keras.
/// Gradient: each value gets its share of dy from every window that it lies under. Forward keeps nothing.
/// </para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class AveragePooling<T> : ILayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchBuffer<T> outputs = new();
    private readonly BatchBuffer<T> inputGradients = new();
    private readonly SlidingWindow window;
    private readonly bool countPadding;
    private PoolingWindow? pooling;
    private T[]? divisors;
    private Matrix<T>? y;

    /// <summary>Creates a layer whose input shape the network will tell.</summary>
    /// <param name="kernelSize">The height and width of the window, each at least 1.</param>
    /// <param name="stride">How far the window moves from one output to the next, at least 1; by default by its own size.</param>
    /// <param name="padding">How far the window may reach beyond the image; not at all by default.</param>
    /// <param name="countPadding">Whether the padding counts as zeros; true by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public AveragePooling(Size2D kernelSize, Size2D? stride = null, Padding padding = default, bool countPadding = true)
        : this(new SlidingWindow(kernelSize, stride ?? kernelSize, padding, dilation: 1), countPadding)
    {
    }

    private AveragePooling(SlidingWindow window, bool countPadding)
    {
        Guard.Precision<T>();
        (this.window, this.countPadding) = (window, countPadding);
    }

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random)
    {
        Guard.Image(this, inputShape);
        pooling = new PoolingWindow(this, inputShape, window.Over(this, inputShape[1], inputShape[2]));
        (divisors, y) = (null, null);
        return pooling.OutputShape;
    }

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input)
    {
        Guard.Built(this, pooling);
        Guard.Input(this, pooling.InputSize, input);
        y = outputs.For(input.RowCount, pooling.OutputShape.Size);
        AveragePool.Forward(pooling.ToOutput, pooling.Channels, Dense.Of(input).View(), countPadding ? window.Places : 0, y.View());
        return y;
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        Matrix<T> inputGradient = inputGradients.For(y.RowCount, pooling!.InputSize);
        divisors ??= [.. pooling.ToOutput.TapCounts.Select(count => T.CreateTruncating(countPadding ? window.Places : count))];
        AveragePool.Backward(pooling.ToInput, pooling.Channels, Dense.Of(outputGradient).View(), divisors, inputGradient.View());
        return inputGradient;
    }

    /// <inheritdoc/>
    public LayerDescription Describe() =>
        window.DescribeTo(new LayerDescription("AveragePooling", window.ToText(usualStride: window.Kernel) + (countPadding ? string.Empty : ", padding not counted"))).With("countPadding", countPadding);

    /// <summary>The layer in one line.</summary>
    /// <returns>For example <c>AveragePooling(2x2)</c>.</returns>
    public override string ToString() => Describe().ToString();

    /// <summary>The layer that <see cref="Describe"/> described.</summary>
    internal static AveragePooling<T> Of(LayerDescription description) => new(SlidingWindow.Of(description), description.Get<bool>("countPadding"));
}
