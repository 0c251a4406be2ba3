using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Batch normalisation, <c>y = (x - mean) / √(variance + epsilon)·weight + bias</c> with the statistics of each channel over the batch; also called BatchNorm1d, BatchNorm2d.</summary>
/// <remarks>
/// <para>
/// Shapes: input and output <c>[N, features]</c> (each feature is a channel) or <c>[N, C·H·W]</c> of an image (a channel is all its pixels); weight and bias <c>[C]</c>, at first 1 and 0,
/// without weight decay; states running_mean and running_var <c>[C]</c>, at first 0 and 1. PyTorch's num_batches_tracked is left out: nothing is computed from it.
/// </para>
/// <para>
/// In training the statistics are the batch's (the variance divided by the number m = N·H·W of values, at least 2), in inference the running ones. They belong to the step: each Forward
/// in training uses its own batch's, and <see cref="CommitStep"/> commits those of the latest once, <c>running = (1 - momentum)·running + momentum·batch</c>, the variance there divided by
/// m - 1, as PyTorch does. A layer that no network has told about a step is in training; used by hand, call <see cref="EnterStep"/> and <see cref="CommitStep"/>.
/// </para>
/// <para>
/// Gradients, with x̂ the normalised input and means over a channel's values: <c>dL/dx = weight/√(variance + epsilon)·(dy - mean(dy) - x̂·mean(dy·x̂))</c> after a Forward in training,
/// <c>weight/√(variance + epsilon)·dy</c> after one in inference; <c>dL/dweight = Σ dy·x̂</c>, <c>dL/dbias = Σ dy</c>. Forward keeps a reference to its input. NaN in a training batch spreads over its channel.
/// </para>
/// <para>In inference a sample's bits do not depend on its batch. Behind an <see cref="Affine{T}"/> the bias of that does nothing: its mean is taken off again.</para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy (2015), Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift.</seealso>
public sealed class BatchNormalization<T> : ILayer<T>, IStepAware
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchBuffer<T> outputs = new();
    private readonly BatchBuffer<T> inputGradients = new();
    private readonly double epsilon;
    private readonly double momentum;
    private readonly bool affine;
    private Shape? shape;
    private Parameter<T>? weight;
    private Parameter<T>? bias;
    private Parameter<T>[] parameters = [];
    private LayerState<T>? runningMean;
    private LayerState<T>? runningVariance;
    private LayerState<T>[] states = [];

    // Of the latest Forward in training, for its Backward and for the commit; of the latest Forward.
    private T[] batchMeans = [];
    private T[] batchVariances = [];
    private T[] inverses = [];
    private int uncommittedCount;
    private bool isTraining = true;
    private bool areConstant;
    private Matrix<T>? x;
    private Matrix<T>? y;

    /// <summary>Creates the layer.</summary>
    /// <param name="epsilon">What is added to the variance, greater than 0; 1e-5 by default.</param>
    /// <param name="momentum">The share of a step's statistics in the running ones, from 0 to 1; 0.1 by default, as PyTorch's (Keras counts the other way: its 0.9).</param>
    /// <param name="affine">Whether there are a weight and a bias; true by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">Epsilon is not greater than 0 and finite, or momentum is not from 0 to 1.</exception>
    public BatchNormalization(double epsilon = 1e-5, double momentum = 0.1, bool affine = true)
    {
        Guard.Precision<T>();
        this.epsilon = Guard.Positive<T>(epsilon, nameof(epsilon));
        this.momentum = Guard.InRange(momentum, momentum is >= 0 and <= 1, "in [0, 1]", nameof(momentum));
        this.affine = affine;
    }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => parameters;

    /// <inheritdoc/>
    public IReadOnlyList<LayerState<T>> States => states;

    // An image's numbers of one channel lie one after another, sample by sample and pixel by pixel, in no order that matters: a column for each channel.
    private int Channels => shape![0];

    private Span<T> Means => areConstant ? runningMean!.Value.Values() : batchMeans;

    private Span<T> Weight => weight is null ? default : weight.Value.Values();

    /// <inheritdoc/>
    public void EnterStep(StepContext context) => isTraining = context.Training;

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        if (shape is null)
        {
            int channels = inputShape[0];
            shape = inputShape;
            runningMean = new("running_mean", channels, Dense.CreateStored<T>(1, channels));
            runningVariance = new("running_var", channels, Dense.CreateStored(1, channels, T.One));
            states = [runningMean, runningVariance];
            (weight, bias) = NormalizationParameters.Create<T>(affine, channels);
            parameters = weight is null ? [] : [weight, bias!];
            (batchMeans, batchVariances, inverses) = (new T[channels], new T[channels], new T[channels]);
        }

        Guard.SampleShape(this, shape, inputShape);
        return shape;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">In training, the batch has but one value for each channel; or the input does not have the width that the layer was built for.</exception>
    public Matrix<T> Forward(Matrix<T> input)
    {
        Guard.Built(this, shape);
        Guard.Input(this, shape.Size, input);
        if (isTraining)
            Guard.SeveralValues(this, shape.Size / Channels, input);
        x = Dense.Of(input);
        y = outputs.Like(x);
        areConstant = !isTraining;
        ReadOnlySpan<T> shift = bias is null ? default : bias.Value.Values();
        if (isTraining)
        {
            ColumnNormalization.Forward(InChannels(x), T.CreateTruncating(epsilon), Weight, shift, batchMeans, batchVariances, inverses, InChannels(y));
            uncommittedCount = InChannels(x).Rows;
        }
        else
        {
            Span<T> variances = runningVariance!.Value.Values();
            for (int channel = 0; channel < inverses.Length; channel++)
                inverses[channel] = T.One / T.Sqrt(variances[channel] + T.CreateTruncating(epsilon));
            ColumnNormalization.Apply(InChannels(x), Weight, shift, Means, inverses, InChannels(y));
        }

        return y;
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        Matrix<T> inputGradient = inputGradients.Like(y);
        Backward(outputGradient, InChannels(inputGradient));
        return inputGradient;
    }

    /// <inheritdoc/>
    public void BackwardParameters(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        Backward(outputGradient, default);
    }

    /// <summary>Takes the statistics of the latest Forward in training into the running ones, once.</summary>
    public void CommitStep()
    {
        if (uncommittedCount == 0)
            return;
        T share = T.CreateTruncating(momentum), rest = T.CreateTruncating(1 - momentum), unbiased = T.CreateTruncating((double)uncommittedCount / (uncommittedCount - 1));
        Span<T> means = runningMean!.Value.Values(), variances = runningVariance!.Value.Values();
        for (int channel = 0; channel < batchMeans.Length; channel++)
        {
            means[channel] = Next(means[channel], batchMeans[channel]);
            variances[channel] = Next(variances[channel], batchVariances[channel] * unbiased);
        }

        uncommittedCount = 0;

        T Next(T running, T latest) => DecayingSum.Next(rest, new Scalar<T>(running), new Scalar<T>(share * latest)).Value;
    }

    /// <inheritdoc/>
    public LayerDescription Describe() =>
        new LayerDescription("BatchNormalization", $"{shape?[0].ToString() ?? "?"}{(affine ? string.Empty : ", not affine")}")
            .With("epsilon", epsilon)
            .With("momentum", momentum)
            .With("affine", affine);

    /// <summary>The layer in one line.</summary>
    /// <returns>With the number of channels: <c>BatchNormalization(32)</c>; before it is built <c>BatchNormalization(?)</c>.</returns>
    public override string ToString() => Describe().ToString();

    private void Backward(Matrix<T> outputGradient, MatrixSpan<T> inputGradient)
    {
        Span<T> weightGradient = weight is null ? default : weight.Gradient.Values(), biasGradient = bias is null ? default : bias.Gradient.Values();
        ColumnNormalization.Backward(InChannels(x!), InChannels(Dense.Of(outputGradient)), areConstant, Weight, Means, inverses, weightGradient, biasGradient, inputGradient);
    }

    private MatrixSpan<T> InChannels(Matrix<T> batch) => new(batch.Values(), batch.RowCount * (batch.ColumnCount / Channels), Channels);
}
