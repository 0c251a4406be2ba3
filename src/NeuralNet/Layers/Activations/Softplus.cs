using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The soft rectifier <c>y = log(1 + e^(β·x)) / β</c>.</summary>
/// <remarks>
/// Shapes: input and output <c>[N, features]</c>, any shape of sample. Gradient: <c>dL/dx = dy·σ(β·x)</c>. Computed as <c>max(x, 0) + log(1 + e^(-β·|x|)) / β</c>, which neither overflows nor cancels.
/// NaN stays NaN, minus infinity gives 0. A weight that feeds it begins as <see cref="He"/>.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Softplus<T> : ILayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseFunction<T, SoftplusOperator<T>> function;
    private readonly double beta;
    private readonly double? threshold;

    /// <summary>Creates the layer.</summary>
    /// <param name="beta">How sharply it bends, greater than 0 and finite; 1 by default.</param>
    /// <param name="threshold">Where β·x is above it, y = x and dL/dx = dy; finite. None by default: this formula needs none. PyTorch's is 20 and costs it up to 2·10⁻⁹;
    /// give 20 for its very numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public Softplus(double beta = 1, double? threshold = null)
    {
        this.beta = Guard.Positive<T>(beta, nameof(beta));
        this.threshold = threshold is { } value ? Guard.Finite<T>(value, nameof(threshold)) : null;
        function = new(this, new(T.CreateTruncating(beta), T.CreateTruncating(threshold ?? double.PositiveInfinity)));
    }

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => new He();

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => function.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => function.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe()
    {
        LayerDescription description = new LayerDescription("Softplus").With("beta", beta);
        return threshold is { } value ? description.With("threshold", value) : description;
    }

    /// <summary>The layer in one line.</summary>
    /// <returns><c>Softplus(1)</c>.</returns>
    public override string ToString() => Describe().ToString();
}
