using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The scaled exponential linear unit <c>y = λ·x</c> for x &gt; 0, else <c>y = λ·α·(eˣ - 1)</c>, with λ = 1.0507009873554805 and α = 1.6732632423543772.</summary>
/// <remarks>
/// Shapes: input and output <c>[N, features]</c>, any shape of sample. Gradient: <c>dL/dx = λ·dy</c> where x &gt; 0, else <c>λ·α·eˣ·dy</c> (so λ·α·dy at x = 0, as PyTorch).
/// eˣ - 1 does not cancel near 0. NaN stays NaN, minus infinity gives -λ·α = -1.758.
/// A weight that feeds it begins normally distributed with standard deviation <c>1 / √fanIn</c>, as the paper asks for and LeCun proposed: <see cref="He"/> with slope 1.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://arxiv.org/abs/1706.02515">Klambauer, Unterthiner, Mayr and Hochreiter (2017), Self-Normalizing Neural Networks.</seealso>
public sealed class Selu<T> : ILayer<T>, IActivation
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseFunction<T, EluOperator<T>> function;

    /// <summary>Creates the layer.</summary>
    public Selu() => function = new(this, new(T.CreateTruncating(1.0507009873554804934), T.CreateTruncating(1.7580993408473768599)));

    /// <inheritdoc/>
    public IInitializer FeedingInitializer => new He(slope: 1);

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => function.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => function.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => LayerDescription.Of(this);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>Selu</c>.</returns>
    public override string ToString() => Describe().ToString();
}
