namespace NeuralNet;

/// <summary>
/// One step of a network: a function of a batch of samples, and its derivative.
/// </summary>
/// <remarks>
/// <para>
/// A batch is a matrix with samples in rows, <c>[N, features]</c>. The contract that every layer keeps:
/// </para>
/// <list type="number">
/// <item>Arguments are never written to. They must stay unchanged until <see cref="Backward"/> has run, because a layer may keep a reference.</item>
/// <item>The returned matrix is the layer's own buffer (or, for a pass-through layer, the argument itself). It is valid until the next call of the
/// same method on the same layer: copy what must live longer.</item>
/// <item>Any batch size at any call. <see cref="Backward"/> belongs to the latest <see cref="Forward"/>, throws before any, and gives the same when called twice.</item>
/// <item>Gradients are overwritten, not accumulated. Only the loss divides by the number of samples.</item>
/// <item>NaN propagates: it is neither hidden nor clamped.</item>
/// <item>An instance is used by one thread at a time and stands in one place of one network.</item>
/// </list>
/// <para>
/// A custom activation writes <see cref="Forward"/> and <see cref="Backward"/> and nothing else: all other members have defaults. To be replicated
/// it is registered by name in <see cref="LayerRegistry"/>. A layer that behaves differently in training, or draws random numbers, also implements <see cref="IStepAware"/>.
/// </para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public interface ILayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Computes the layer's output for a batch.</summary>
    /// <param name="input">The batch, <c>[N, in]</c>.</param>
    /// <returns>The output, <c>[N, out]</c>: the layer's own buffer, valid until its next <c>Forward</c>.</returns>
    /// <exception cref="ArgumentException">The input does not have the width that the layer was built for.</exception>
    Matrix<T> Forward(Matrix<T> input);

    /// <summary>Computes the gradient of the loss with respect to the input of the latest <see cref="Forward"/>, and overwrites every <see cref="Parameter{T}.Gradient"/>.</summary>
    /// <param name="outputGradient">dL/d(output), <c>[N, out]</c>.</param>
    /// <returns>dL/d(input), <c>[N, in]</c>: the layer's own buffer, valid until its next <c>Backward</c>.</returns>
    /// <exception cref="InvalidOperationException">There was no <see cref="Forward"/> yet.</exception>
    /// <exception cref="ArgumentException">The gradient does not have the shape of the latest output.</exception>
    Matrix<T> Backward(Matrix<T> outputGradient);

    /// <summary>Computes the gradients of the parameters alone. A network calls it on its first learning layer, whose input gradient nobody reads.</summary>
    /// <param name="outputGradient">dL/d(output), <c>[N, out]</c>.</param>
    void BackwardParameters(Matrix<T> outputGradient) => Backward(outputGradient);

    /// <summary>Checks the shape of one sample, creates the parameters and returns the shape of one output sample. Called once, by the network.</summary>
    /// <param name="inputShape">The shape of one input sample.</param>
    /// <param name="random">The source of initial values, the layer's own.</param>
    /// <returns>The shape of one output sample; by default that of the input.</returns>
    /// <exception cref="ArgumentException">The layer cannot take this shape.</exception>
    Shape Build(Shape inputShape, Random random) => inputShape;

    /// <summary>What the layer learns; empty by default. A composite's children list their own.</summary>
    /// <remarks>A pass reads <see cref="Parameter{T}.Value"/> anew: a replica's parameters get the original's matrices after Build, so one kept from Build is not theirs.</remarks>
    IReadOnlyList<Parameter<T>> Parameters => [];

    /// <summary>What the layer keeps and saves without learning it by gradient, such as running statistics; empty by default.</summary>
    IReadOnlyList<LayerState<T>> States => [];

    /// <summary>The layers that a composite is made of; empty by default.</summary>
    IReadOnlyList<ILayer<T>> Children => [];

    /// <summary>The layer's kind and named hyperparameters: the one source of its text, its replicas and its saved form.</summary>
    /// <returns>By default the name of the type, without hyperparameters.</returns>
    LayerDescription Describe() => LayerDescription.Of(this);
}
