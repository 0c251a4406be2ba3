namespace NeuralNet;

/// <summary>Looks on while a network predicts.</summary>
public static class NetworkActivations
{
    /// <summary>Predicts one sample and tells what each layer gave on the way. May be called from many threads at once as long as nobody trains.</summary>
    /// <remarks>
    /// Layers stand in the order in which their outputs are there: a composite behind its children, and last what <c>Predict</c> gives, to the bit.
    /// A composite of your own counts as one layer.
    /// </remarks>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="sample">One sample: <see cref="Network{T}.InputShape"/>.Size numbers.</param>
    /// <returns>Every layer with its output in inference mode, the loss as the head that it is without a target.</returns>
    /// <exception cref="ArgumentException">The sample does not have the network's size.</exception>
    public static IReadOnlyList<LayerActivation<T>> Activations<T>(this Network<T> network, ReadOnlySpan<T> sample)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        Guard.Sample(network.InputShape, sample.Length);
        Matrix<T> input = Dense.Create<T>(1, sample.Length);
        sample.CopyTo(input.Values());
        return network.Observe(input, layers => new ActivationRecorder<T>(layers)).Seen;
    }
}
