namespace NeuralNet;

/// <summary>Shortens all gradients together, <c>g = min(1, maxNorm / (‖all g‖ + 1e-6))·g</c>, with the Euclidean norm over all parameters that are trained.</summary>
/// <remarks>
/// As PyTorch's clip_grad_norm_. A norm of NaN makes every gradient NaN; one that is infinite makes them 0, and NaN where they are infinite themselves.
/// Squares are summed in the network's precision: in <see langword="float"/> a norm above 1e19 counts as infinite.
/// </remarks>
/// <seealso href="https://arxiv.org/abs/1211.5063">Pascanu, Mikolov and Bengio (2013), On the difficulty of training recurrent neural networks.</seealso>
public sealed record ClipByGlobalNorm : IGradientTransform
{
    /// <summary>Creates the transform.</summary>
    /// <param name="maxNorm">The largest norm of all gradients together, greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The norm is out of range.</exception>
    public ClipByGlobalNorm(double maxNorm) => MaxNorm = maxNorm;

    /// <summary>The largest norm of all gradients together.</summary>
    public double MaxNorm { get; init => field = Guard.Positive(value, "maxNorm"); }

    /// <inheritdoc/>
    public void Apply<T>(ReadOnlySpan<Parameter<T>> parameters)
        where T : unmanaged, IFloatingPointIeee754<T> => GradientNorm.Clip(parameters, MaxNorm);
}
