namespace NeuralNet;

/// <summary>Layer normalisation, <c>y = (x - mean) / √(variance + epsilon)·weight + bias</c> with the statistics of each sample over all of its features; also called LayerNorm.</summary>
/// <remarks>
/// <para>
/// Shapes: input and output <c>[N, features]</c>, any shape of sample; weight and bias of the sample's shape, at first 1 and 0, without weight decay. The variance is divided by the number
/// of features. Training and inference are the same.
/// </para>
/// <para>
/// Gradients, with x̂ the normalised input, <c>g = dy·weight</c> and means over a sample's features: <c>dL/dx = (g - mean(g) - x̂·mean(g·x̂)) / √(variance + epsilon)</c>;
/// <c>dL/dweight = Σ dy·x̂</c> and <c>dL/dbias = Σ dy</c> over the batch. Forward keeps a reference to its input. NaN in a sample makes all of its outputs NaN. A single feature becomes its bias.
/// </para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://arxiv.org/abs/1607.06450">Ba, Kiros and Hinton (2016), Layer Normalization.</seealso>
public sealed class LayerNormalization<T> : ILayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SampleNormalizer<T> normalizer;
    private readonly double epsilon;
    private readonly bool affine;

    /// <summary>Creates the layer.</summary>
    /// <param name="epsilon">What is added to the variance, greater than 0; 1e-5 by default.</param>
    /// <param name="affine">Whether there are a weight and a bias, PyTorch's elementwise_affine; true by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">Epsilon is not greater than 0 and finite.</exception>
    public LayerNormalization(double epsilon = 1e-5, bool affine = true)
    {
        Guard.Precision<T>();
        (this.epsilon, this.affine) = (Guard.Positive<T>(epsilon, nameof(epsilon)), affine);
        normalizer = new(this, epsilon, affine);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => normalizer.Parameters;

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        return normalizer.Build(inputShape, groupCount: 1, parameterShape: inputShape);
    }

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => normalizer.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => normalizer.Backward(outputGradient);

    /// <inheritdoc/>
    public void BackwardParameters(Matrix<T> outputGradient) => normalizer.BackwardParameters(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() =>
        new LayerDescription("LayerNormalization", $"{normalizer.Shape?.ToString() ?? "?"}{(affine ? string.Empty : ", not affine")}")
            .With("epsilon", epsilon)
            .With("affine", affine);

    /// <summary>The layer in one line.</summary>
    /// <returns>With the shape of a sample: <c>LayerNormalization(100)</c>; before it is built <c>LayerNormalization(?)</c>.</returns>
    public override string ToString() => Describe().ToString();
}
