namespace NeuralNet;

/// <summary>What happens to the gradients before the rule sees them, such as clipping: an immutable record that changes them in place.</summary>
public interface IGradientTransform
{
    /// <summary>Transforms the gradients of one update.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="parameters">All that are trained, in the network's order. Their gradients are changed, their values are not.</param>
    void Apply<T>(ReadOnlySpan<Parameter<T>> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
