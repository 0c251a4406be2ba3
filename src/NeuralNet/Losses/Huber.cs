using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The Huber loss <c>l = ½·(x - t)²</c> where |x - t| is at most delta, else <c>delta·(|x - t| - ½·delta)</c>; PyTorch's HuberLoss, Keras' Huber.</summary>
/// <remarks>
/// Shapes: outputs and targets <c>[N, outputs]</c>. Reduction: the mean over all elements, as PyTorch. Gradient: <c>dL/dx = (x - t) / (N·outputs)</c>, with x - t held within ±delta.
/// The head is the identity: Predict gives the outputs themselves. PyTorch's SmoothL1Loss(beta) is this with delta = beta, divided by beta: the two are the same at 1.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://doi.org/10.1214/aoms/1177703732">Huber (1964), Robust Estimation of a Location Parameter.</seealso>
public sealed class Huber<T> : ILossLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ElementwiseLossFunction<T, HuberOperator<T>> loss;
    private readonly double delta;

    /// <summary>Creates the loss.</summary>
    /// <param name="delta">The distance up to which the loss is a square, greater than 0 and finite; 1 by default, as PyTorch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is out of range.</exception>
    public Huber(double delta = 1)
    {
        this.delta = Guard.Positive<T>(delta, nameof(delta));
        loss = new(this, new Identity<T>(), new HuberOperator<T>(T.CreateTruncating(delta)), meanOverOutputs: true);
    }

    /// <inheritdoc/>
    public double Forward(Matrix<T> input, Matrix<T> target, ReadOnlySpan<T> sampleWeights = default) => loss.Forward(input, target, sampleWeights);

    /// <inheritdoc/>
    public Matrix<T> Backward() => loss.Backward();

    /// <summary>The head: the outputs themselves.</summary>
    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => loss.Forward(input);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => loss.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => new LayerDescription("Huber").With("delta", delta);

    /// <summary>The loss in one line.</summary>
    /// <returns><c>Huber(1)</c>.</returns>
    public override string ToString() => Describe().ToString();
}
