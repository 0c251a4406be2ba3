namespace NeuralNet;

/// <summary>Shortens each parameter's gradient by itself, <c>g = min(1, maxNorm / (‖g‖ + 1e-6))·g</c>, with the Euclidean norm.</summary>
/// <remarks>As PyTorch's clip_grad_norm_ called for one parameter after the other; Keras calls it clipnorm.</remarks>
public sealed record ClipByNorm : IGradientTransform
{
    /// <summary>Creates the transform.</summary>
    /// <param name="maxNorm">The largest norm of a parameter's gradient, greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The norm is out of range.</exception>
    public ClipByNorm(double maxNorm) => MaxNorm = maxNorm;

    /// <summary>The largest norm of a parameter's gradient.</summary>
    public double MaxNorm { get; init => field = Guard.Positive(value, "maxNorm"); }

    /// <inheritdoc/>
    public void Apply<T>(ReadOnlySpan<Parameter<T>> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < parameters.Length; i++)
            GradientNorm.Clip(parameters.Slice(i, 1), MaxNorm);
    }
}
