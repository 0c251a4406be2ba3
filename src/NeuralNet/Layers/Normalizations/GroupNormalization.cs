namespace NeuralNet;

/// <summary>
/// Group normalisation, <c>y = (x - mean) / √(variance + epsilon)·weight + bias</c> with the statistics of each sample over groups of its channels; also called GroupNorm.
/// With a group for each channel it is instance normalisation (InstanceNorm).
/// </summary>
/// <remarks>
/// <para>
/// Shapes: input and output <c>[N, C·H·W]</c> of an image, or <c>[N, features]</c> with each feature a channel; weight and bias <c>[C]</c>, at first 1 and 0, without weight decay. Groups are of
/// consecutive channels. The variance is divided by the number of values in a group. Training and inference are the same.
/// </para>
/// <para>
/// Gradients, with x̂ the normalised input, <c>g = dy·weight</c> and means over a sample's group: <c>dL/dx = (g - mean(g) - x̂·mean(g·x̂)) / √(variance + epsilon)</c>;
/// <c>dL/dweight = Σ dy·x̂</c> and <c>dL/dbias = Σ dy</c> over the batch and the channel's pixels. Forward keeps a reference to its input. NaN in a group makes all of its outputs NaN.
/// </para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://arxiv.org/abs/1803.08494">Wu and He (2018), Group Normalization.</seealso>
public sealed class GroupNormalization<T> : ILayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SampleNormalizer<T> normalizer;
    private readonly int groups;
    private readonly double epsilon;
    private readonly bool affine;

    /// <summary>Creates the layer.</summary>
    /// <param name="groups">The number of groups, at least 1; the number of channels is a multiple of it.</param>
    /// <param name="epsilon">What is added to the variance, greater than 0; 1e-5 by default.</param>
    /// <param name="affine">Whether there are a weight and a bias; true by default (PyTorch's InstanceNorm has none by default).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is less than 1 group, or epsilon is not greater than 0 and finite.</exception>
    public GroupNormalization(int groups, double epsilon = 1e-5, bool affine = true)
    {
        Guard.Precision<T>();
        (this.groups, this.epsilon, this.affine) = (Guard.AtLeast(1, groups, nameof(groups)), Guard.Positive<T>(epsilon, nameof(epsilon)), affine);
        normalizer = new(this, epsilon, affine);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => normalizer.Parameters;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The number of channels is not a multiple of the number of groups, or the layer was built for another shape.</exception>
    public Shape Build(Shape inputShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        Guard.WholeGroups(this, groups, inputShape);
        return normalizer.Build(inputShape, groups, parameterShape: inputShape[0]);
    }

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => normalizer.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => normalizer.Backward(outputGradient);

    /// <inheritdoc/>
    public void BackwardParameters(Matrix<T> outputGradient) => normalizer.BackwardParameters(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() =>
        new LayerDescription("GroupNormalization", $"{normalizer.Shape?[0].ToString() ?? "?"} in {groups}{(affine ? string.Empty : ", not affine")}")
            .With("groups", groups)
            .With("epsilon", epsilon)
            .With("affine", affine);

    /// <summary>The layer in one line.</summary>
    /// <returns>With the numbers of channels and groups: <c>GroupNormalization(32 in 4)</c>; before it is built <c>GroupNormalization(? in 4)</c>.</returns>
    public override string ToString() => Describe().ToString();
}
