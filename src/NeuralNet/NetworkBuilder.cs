namespace NeuralNet;

/// <summary>Collects layers in order; each room of layers adds its own methods to it.</summary>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class NetworkBuilder<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<ILayer<T>> layers = [];
    private readonly Shape? inputShape;

    internal NetworkBuilder(Shape inputShape)
    {
        Guard.Precision<T>();
        ArgumentNullException.ThrowIfNull(inputShape);
        this.inputShape = inputShape;
    }

    private NetworkBuilder()
    {
    }

    /// <summary>Adds a layer, the library's or your own.</summary>
    /// <param name="layer">The layer: an instance that stands nowhere else.</param>
    /// <returns>This builder.</returns>
    public NetworkBuilder<T> Add(ILayer<T> layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        layers.Add(layer);
        return this;
    }

    /// <summary>Checks that the layers fit together and creates their parameters.</summary>
    /// <param name="seed">What fixes all randomness of the network; if left out, one is drawn and kept in <see cref="Network{T}.Seed"/>.</param>
    /// <returns>The network.</returns>
    /// <exception cref="ArgumentException">A layer does not fit behind the one before it, a loss is not last, or an instance stands in two places, or stood in a network that could not be built.</exception>
    /// <exception cref="InvalidOperationException">This is the builder of a block within a network.</exception>
    public Network<T> Build(long? seed = null) =>
        new(inputShape ?? throw new InvalidOperationException("A block within a network is built by the network: do not call Build on it."), layers, seed);

    /// <summary>The layers that a block within a network adds.</summary>
    internal static IEnumerable<ILayer<T>> LayersOf(Func<NetworkBuilder<T>, NetworkBuilder<T>> block)
    {
        ArgumentNullException.ThrowIfNull(block);
        var builder = new NetworkBuilder<T>();
        return block(builder) == builder
            ? builder.layers
            : throw new ArgumentException("A block must return the builder that it was given, with layers added: block => block.Affine(64).Relu().", nameof(block));
    }
}
