using System.Globalization;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The parametric rectified linear unit <c>y = x</c> for x &gt; 0, else <c>y = a·x</c>, with a slope a that is learned: one for all, or one for each channel.</summary>
/// <remarks>
/// <para>
/// Shapes: input and output <c>[N, features]</c>, any shape of sample; weight <c>a [1]</c>, or <c>[channels]</c>: the first dimension of an image's shape, each feature of a flat sample.
/// </para>
/// <para>
/// Gradients: <c>dL/dx = dy</c> where x &gt; 0, else <c>a·dy</c>; <c>dL/da = Σ min(x, 0)·dy</c> over its channel (at the kink x = 0 as PyTorch). NaN stays NaN. The sum over the batch is taken
/// for each feature as that of a bias, then over the features in order. Forward keeps a reference to its input.
/// </para>
/// <para>
/// Weight decay leaves the slopes alone, as the paper asks: it would pull them to 0, which is <see cref="Relu{T}"/>. PyTorch decays them like any weight.
/// A weight that feeds it begins as <see cref="He"/> for the initial slope.
/// </para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://arxiv.org/abs/1502.01852">He, Zhang, Ren and Sun (2015), Delving Deep into Rectifiers.</seealso>
public sealed class PRelu<T> : ILayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchBuffer<T> outputs = new();
    private readonly BatchBuffer<T> inputGradients = new();
    private readonly BatchBuffer<T> slopeTerms = new();
    private readonly bool perChannel;
    private readonly double initialSlope;
    private Parameter<T>? weight;
    private Parameter<T>[] parameters = [];
    private int featureCount;
    private T[]? featureSums;
    private Matrix<T>? x;
    private Matrix<T>? y;

    /// <summary>Creates the layer.</summary>
    /// <param name="perChannel">Whether each channel of an image, or each feature of a flat sample, has its own slope; false by default.</param>
    /// <param name="initialSlope">What every slope begins with, finite; 0.25 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The initial slope is not finite, or beyond the precision.</exception>
    public PRelu(bool perChannel = false, double initialSlope = 0.25)
    {
        Guard.Precision<T>();
        (this.perChannel, this.initialSlope) = (perChannel, Guard.Finite<T>(initialSlope, nameof(initialSlope)));
    }

    /// <summary>The slopes, <c>[1, 1]</c> or <c>[1, channels]</c>.</summary>
    /// <exception cref="InvalidOperationException">The layer is not built yet.</exception>
    public Parameter<T> Weight => weight ?? throw new InvalidOperationException($"{this} has no weight before Build.");

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => parameters;

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => new He(initialSlope);

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        if (weight is null)
        {
            int slopes = perChannel ? inputShape[0] : 1;
            weight = new Parameter<T>("weight", slopes, Dense.CreateStored(1, slopes, T.CreateTruncating(initialSlope)), decays: false);
            (parameters, featureCount) = ([weight], inputShape.Size);
        }

        Guard.SampleSize(this, featureCount, inputShape);
        return inputShape;
    }

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input)
    {
        Guard.Built(this, weight);
        Guard.Input(this, featureCount, input);
        x = Dense.Of(input);
        y = outputs.Like(x);
        PReluKernel.Forward(x.Values(), weight.Value.Values(), y.Values());
        return y;
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        BackwardParameters(outputGradient);
        Matrix<T> inputGradient = inputGradients.Like(x!);
        PReluKernel.Backward(x!.Values(), weight!.Value.Values(), Dense.Of(outputGradient).Values(), inputGradient.Values());
        return inputGradient;
    }

    /// <inheritdoc/>
    public void BackwardParameters(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        Span<T> gradient = weight!.Gradient.Values();
        Matrix<T> terms = slopeTerms.Like(x!);
        PReluKernel.SlopeTerms(x!.Values(), Dense.Of(outputGradient).Values(), terms.Values());
        featureSums ??= new T[featureCount];
        Reduction.ColumnSums(terms.View(), featureSums);
        int features = featureSums.Length / gradient.Length;
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] = T.CreateTruncating(Reduction.Sum<T>(featureSums.AsSpan(i * features, features)));
    }

    /// <inheritdoc/>
    public LayerDescription Describe() =>
        new LayerDescription("PRelu", string.Create(CultureInfo.InvariantCulture, $"{(perChannel ? "per channel, " : string.Empty)}{initialSlope}"))
            .With("perChannel", perChannel)
            .With("initialSlope", initialSlope);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>PRelu(0.25)</c> or <c>PRelu(per channel, 0.25)</c>.</returns>
    public override string ToString() => Describe().ToString();
}
