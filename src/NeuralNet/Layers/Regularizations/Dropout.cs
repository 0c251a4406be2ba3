namespace NeuralNet;

/// <summary>Dropout: in training each number is 0 with the probability <c>ratio</c>, else <c>y = x / (1 - ratio)</c>; in inference <c>y = x</c>. Also called inverted dropout.</summary>
/// <remarks>
/// <para>
/// Shapes: input and output <c>[N, features]</c>, any shape of sample. Gradient: <c>dL/dx = dy</c> times the same factor, 0 or <c>1 / (1 - ratio)</c>. In inference, and with a ratio of 0,
/// the arguments themselves are returned. NaN stays NaN, and 0 times infinity is NaN, in dropped places too.
/// </para>
/// <para>
/// The mask is a pure function of the network's seed, the layer's place among the dropouts, the step, and row and column of the number: the same for all Forwards of a step, for any number
/// of threads, and for the first rows of batches of any size. A layer that no network has told about a step is in training, at step 0 of key 0.
/// </para>
/// <para>The expected output is the input, unlike the book's Dropout, which scales in inference instead.</para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov (2014), Dropout: A Simple Way to Prevent Neural Networks from Overfitting.</seealso>
public sealed class Dropout<T> : ILayer<T>, IStepAware
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly MaskedInput<T> masked;
    private readonly double ratio;

    /// <summary>Creates the layer.</summary>
    /// <param name="ratio">The probability that a number is dropped, from 0 to less than 1; 0.5 by default. PyTorch's p.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is not in [0, 1).</exception>
    public Dropout(double ratio = 0.5)
    {
        Guard.Precision<T>();
        this.ratio = Guard.Share(ratio, nameof(ratio));
        masked = new(this, ratio);
    }

    /// <inheritdoc/>
    public void EnterStep(StepContext context) => masked.EnterStep(context);

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => masked.Forward(input, columnsPerElement: 1);

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient) => masked.Backward(outputGradient);

    /// <inheritdoc/>
    public LayerDescription Describe() => new LayerDescription("Dropout").With("ratio", ratio);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>Dropout(0.5)</c>.</returns>
    public override string ToString() => Describe().ToString();
}
