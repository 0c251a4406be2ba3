using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The leaky rectified linear unit <c>y = x</c> for x &gt; 0, else <c>y = slope·x</c>.</summary>
/// <remarks>
/// Shapes: input and output <c>[N, features]</c>, any shape of sample. Gradient: <c>dL/dx = dy</c> where x &gt; 0, else <c>slope·dy</c> (so at the kink x = 0). NaN stays NaN.
/// A weight that feeds it begins as <see cref="He"/> for its slope.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class LeakyRelu<T> : ILayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseFunction<T, LeakyReluOperator<T>> function;
    private readonly double slope;

    /// <summary>Creates the layer.</summary>
    /// <param name="slope">The slope below 0, finite; 0.01 by default, as PyTorch's negative_slope.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is not finite, or beyond the precision.</exception>
    public LeakyRelu(double slope = 0.01)
    {
        this.slope = Guard.Finite<T>(slope, nameof(slope));
        function = new(this, new(T.CreateTruncating(slope)));
    }

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => new He(slope);

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => function.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => function.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => new LayerDescription("LeakyRelu").With("slope", slope);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>LeakyRelu(0.01)</c>.</returns>
    public override string ToString() => Describe().ToString();
}
