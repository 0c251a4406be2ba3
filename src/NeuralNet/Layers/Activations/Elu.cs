using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The exponential linear unit <c>y = x</c> for x &gt; 0, else <c>y = α·(eˣ - 1)</c>.</summary>
/// <remarks>
/// Shapes: input and output <c>[N, features]</c>, any shape of sample. Gradient: <c>dL/dx = dy</c> where x &gt; 0, else <c>dy·α·eˣ</c> (so α·dy at x = 0, as PyTorch).
/// eˣ - 1 does not cancel near 0. NaN stays NaN, minus infinity gives -α. A weight that feeds it begins as <see cref="He"/>.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://arxiv.org/abs/1511.07289">Clevert, Unterthiner and Hochreiter (2015), Fast and Accurate Deep Network Learning by Exponential Linear Units.</seealso>
public sealed class Elu<T> : ILayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseFunction<T, EluOperator<T>> function;
    private readonly double alpha;

    /// <summary>Creates the layer.</summary>
    /// <param name="alpha">What it tends to far below 0 is -α; at least 0 and finite, 1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is negative or not finite, or beyond the precision.</exception>
    public Elu(double alpha = 1)
    {
        this.alpha = Guard.NotNegative<T>(alpha, nameof(alpha));
        function = new(this, new(T.One, T.CreateTruncating(alpha)));
    }

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => new He();

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => function.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => function.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => new LayerDescription("Elu").With("alpha", alpha);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>Elu(1)</c>.</returns>
    public override string ToString() => Describe().ToString();
}
