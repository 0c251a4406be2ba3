namespace NeuralNet;

/// <summary>Dropout of whole channels: in training all numbers of a channel are 0 with the probability <c>ratio</c>, else <c>y = x / (1 - ratio)</c>; in inference <c>y = x</c>. Also called Dropout2d.</summary>
/// <remarks>
/// <para>
/// Shapes: input and output <c>[N, C·H·W]</c> of an image; a flat sample has a channel for each feature, and it is <see cref="Dropout{T}"/>. Gradient: <c>dL/dx = dy</c> times the same factor.
/// Neighbouring pixels are alike, so that dropping them one by one takes little away.
/// </para>
/// <para>All else is as in <see cref="Dropout{T}"/>; the mask is a pure function of seed, place, step, row and channel.</para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://arxiv.org/abs/1411.4280">Tompson, Goroshin, Jain, LeCun and Bregler (2015), Efficient Object Localization Using Convolutional Networks.</seealso>
public sealed class SpatialDropout<T> : ILayer<T>, IStepAware
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly MaskedInput<T> masked;
    private readonly double ratio;
    private Shape? shape;

    /// <summary>Creates the layer.</summary>
    /// <param name="ratio">The probability that a channel is dropped, from 0 to less than 1; 0.5 by default. PyTorch's p.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is not in [0, 1).</exception>
    public SpatialDropout(double ratio = 0.5)
    {
        Guard.Precision<T>();
        this.ratio = Guard.Share(ratio, nameof(ratio));
        masked = new(this, ratio);
    }

    /// <inheritdoc/>
    public void EnterStep(StepContext context) => masked.EnterStep(context);

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        Guard.SampleShape(this, shape ?? inputShape, inputShape);
        return shape = inputShape;
    }

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input)
    {
        Guard.Built(this, shape);
        Guard.Input(this, shape.Size, input);
        return masked.Forward(input, columnsPerElement: shape.Size / shape[0]);
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => masked.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => new LayerDescription("SpatialDropout").With("ratio", ratio);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>SpatialDropout(0.5)</c>.</returns>
    public override string ToString() => Describe().ToString();
}
