using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Fixed numbers that bring each feature, or each channel, into a common range, <c>y = (x - offset)·factor</c>, saved with the weights; Keras' Normalization. It learns nothing.</summary>
/// <remarks>
/// <para>
/// Shapes: input and output <c>[N, features]</c>, any shape of sample; states offset and factor <c>[size]</c>, one number for each feature, or for each channel: the first dimension of a sample's shape.
/// They come from a <see cref="Scaling"/> that was fitted on the samples to train with; where a saved network is loaded, from its file.
/// </para>
/// <para>Gradient: <c>dL/dx = factor·dy</c>. The difference is rounded, then the product: the bits are those of <see cref="Scaling.Apply{T}(Matrix{T})"/>. NaN stays NaN.</para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Normalization<T> : ILayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchBuffer<T> outputs = new();
    private readonly BatchBuffer<T> inputGradients = new();
    private readonly int size;
    private readonly LayerState<T> offset;
    private readonly LayerState<T> factor;
    private Shape? shape;
    private Matrix<T>? y;

    /// <summary>Creates the layer with offsets 0 and factors 1, which change nothing, for weights to be loaded into.</summary>
    /// <param name="size">The number of features, or of channels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is less than 1.</exception>
    public Normalization(int size)
    {
        this.size = Guard.AtLeast(1, size, nameof(size));
        offset = new("offset", size, Dense.CreateStored<T>(1, size));
        factor = new("factor", size, Dense.CreateStored(1, size, T.One));
        States = [offset, factor];
    }

    /// <summary>Creates the layer with given numbers, such as those of a <see cref="Scaling"/>.</summary>
    /// <param name="offsets">What is taken off, finite, one for each feature or channel; copied.</param>
    /// <param name="factors">What is multiplied by then, finite and not 0, as many; copied.</param>
    /// <exception cref="ArgumentException">There are no numbers, not as many factors as offsets, one is not finite or too large for the precision, or a factor is 0.</exception>
    public Normalization(ReadOnlySpan<double> offsets, ReadOnlySpan<double> factors)
        : this(Math.Max(1, offsets.Length))
    {
        Guard.Scaling(offsets, factors);
        for (int i = 0; i < size; i++)
        {
            offset.Value[0, i] = Guard.Representable<T>(nameof(Normalization<>), offsets[i]);
            factor.Value[0, i] = Guard.Representable<T>(nameof(Normalization<>), factors[i]);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<LayerState<T>> States { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A sample has neither as many features nor as many channels as the layer has numbers.</exception>
    public Shape Build(Shape inputShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        Guard.Scales(this, size, inputShape, nameof(inputShape));
        shape ??= inputShape;
        Guard.SampleShape(this, shape, inputShape);
        return shape;
    }

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input)
    {
        Guard.Built(this, shape);
        Guard.Input(this, shape.Size, input);
        Matrix<T> x = Dense.Of(input);
        y = outputs.Like(x);
        ColumnNormalization.Apply(InPlaces(x), default, default, offset.Value.Values(), factor.Value.Values(), InPlaces(y));
        return y;
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        Matrix<T> inputGradient = inputGradients.Like(y);

        // Of constant statistics the derivative reads no input.
        MatrixSpan<T> dy = InPlaces(Dense.Of(outputGradient));
        ColumnNormalization.Backward(dy, dy, areConstant: true, default, offset.Value.Values(), factor.Value.Values(), default, default, InPlaces(inputGradient));
        return inputGradient;
    }

    /// <inheritdoc/>
    public LayerDescription Describe() => new LayerDescription("Normalization").With("size", size);

    /// <summary>The layer in one line.</summary>
    /// <returns>With the number of features or channels: <c>Normalization(4)</c>.</returns>
    public override string ToString() => Describe().ToString();

    // The numbers of one feature or channel, of all samples, lie one after another: a column for each.
    private MatrixSpan<T> InPlaces(Matrix<T> batch) => new(batch.Values(), batch.Values().Length / size, size);
}
