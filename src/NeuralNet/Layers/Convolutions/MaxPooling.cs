using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The largest value under a sliding window, for each channel by itself; also called MaxPool2d.</summary>
/// <remarks>
/// <para>
/// Shapes: input <c>[N, C·H·W]</c>, an image of shape (C, H, W); output (C, H', W') with <c>H' = ⌊(H + padding above and below - dilation·(kernel - 1) - 1) / stride⌋ + 1</c>. Rows and columns
/// that no whole window covers are left out. Padding counts for nothing: only what lies within the image can be the largest.
/// </para>
/// <para>Gradient: dy goes to the largest value, to the first in the order of rows of several equal ones; a value under several windows gets the sum. NaN is the largest of all. Forward keeps which value it was.</para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class MaxPooling<T> : ILayer<T>, IStepAware, IPicksLargest<T>, IRectifiesOutput<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchBuffer<T> outputs = new();
    private readonly BatchBuffer<T> places = new();
    private readonly BatchBuffer<T> inputGradients = new();
    private readonly SlidingWindow window;
    private PoolingWindow? pooling;
    private bool isTraining = true;
    private bool isRectified;
    private Matrix<T>? x;
    private Matrix<T>? y;
    private Matrix<T>? place;

    /// <summary>Creates a layer whose input shape the network will tell.</summary>
    /// <param name="kernelSize">The height and width of the window, each at least 1.</param>
    /// <param name="stride">How far the window moves from one output to the next, at least 1; by default by its own size.</param>
    /// <param name="padding">How far the window may reach beyond the image; not at all by default.</param>
    /// <param name="dilation">From one row or column of the window to the next, at least 1; 1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public MaxPooling(Size2D kernelSize, Size2D? stride = null, Padding padding = default, Size2D? dilation = null)
        : this(new SlidingWindow(kernelSize, stride ?? kernelSize, padding, dilation ?? 1))
    {
    }

    private MaxPooling(SlidingWindow window)
    {
        Guard.Precision<T>();
        this.window = window;
    }

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random)
    {
        Guard.Image(this, inputShape);
        var built = new PoolingWindow(this, inputShape, window.Over(this, inputShape[1], inputShape[2]));
        if (window.Places > Guard.MostCountable<T>())
            throw new ArgumentException($"{this} has more places under its window than the {Guard.MostCountable<T>()} that {typeof(T).Name} can tell apart.");
        (pooling, x, y, place) = (built, null, null, null);
        return pooling.OutputShape;
    }

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => Forward(input, rectifies: false);

    Matrix<T>? IRectifiesOutput<T>.ForwardRectified(Matrix<T> input) => Forward(input, rectifies: true);

    private Matrix<T> Forward(Matrix<T> input, bool rectifies)
    {
        Guard.Built(this, pooling);
        Guard.Input(this, pooling.InputSize, input);
        x = Dense.Of(input);
        y = outputs.For(input.RowCount, pooling.OutputShape.Size);
        (place, isRectified) = (null, rectifies);
        if (isTraining)
            FindLargest();
        else
            MaxPool.Forward(pooling.ToOutput, pooling.Channels, x.View(), y.View(), rectifies);
        return y;
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        if (place is null)
            FindLargest();
        Matrix<T> inputGradient = inputGradients.For(y.RowCount, pooling!.InputSize);
        MaxPool.Backward(pooling.ToInput, pooling.Channels, Dense.Of(outputGradient).View(), place!.Values(), inputGradient.View());
        return inputGradient;
    }

    /// <inheritdoc/>
    public void EnterStep(StepContext context) => isTraining = context.Training;

    /// <inheritdoc/>
    public LayerDescription Describe() => window.DescribeTo(new LayerDescription("MaxPooling", window.ToText(usualStride: window.Kernel)));

    /// <summary>The layer in one line.</summary>
    /// <returns>For example <c>MaxPooling(2x2)</c>, <c>MaxPooling(3x3, stride 2x2)</c>.</returns>
    public override string ToString() => Describe().ToString();

    PoolShape? IPicksLargest<T>.Shape => pooling?.Shape;

    bool IPicksLargest<T>.IsRectified => isRectified;

    Matrix<T>? IPicksLargest<T>.Places => place;

    (Matrix<T> Largest, Matrix<T> Places) IPicksLargest<T>.Begin(int samples, bool rectifies)
    {
        Guard.Built(this, pooling);
        (x, y, isRectified) = (null, outputs.For(samples, pooling.OutputShape.Size), rectifies);
        place = places.Like(y);
        return (y, place);
    }

    // The largest and which it was, which only a gradient asks for.
    private void FindLargest()
    {
        place = places.Like(y!);
        MaxPool.Forward(pooling!.ToOutput, pooling.Channels, x!.View(), y!.View(), place.Values(), isRectified);
    }

    /// <summary>The layer that <see cref="Describe"/> described.</summary>
    internal static MaxPooling<T> Of(LayerDescription description) => new(SlidingWindow.Of(description));
}
