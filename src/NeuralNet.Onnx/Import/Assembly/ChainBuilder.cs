namespace NeuralNet.Onnx;

/// <summary>Layers one behind the other, each built as it is added, so that the shape of a sample is known and values can be put in.</summary>
/// <param name="shape">The shape of a sample before the first.</param>
internal sealed class ChainBuilder<T>(Shape shape)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<ILayer<T>> layers = [];

    public IReadOnlyList<ILayer<T>> Layers => layers;

    /// <summary>The shape of a sample behind the last layer.</summary>
    public Shape Shape { get; private set; } = shape;

    /// <summary>Gives samples a shape, if they do not have it.</summary>
    public void Reshape(Shape shape)
    {
        if (Shape != shape)
            Add<ILayer<T>>(shape.Rank == 1 ? new Flatten<T>() : new Reshape<T>(shape));
    }

    /// <summary>Adds a layer.</summary>
    /// <returns>The layer, with the parameters and states that the file's values go into.</returns>
    public TLayer Add<TLayer>(TLayer layer)
        where TLayer : ILayer<T>
    {
        // Every value is given: what a layer draws is overwritten.
        Shape = layer.Build(Shape, Random.Shared);
        layers.Add(layer);
        return layer;
    }

    /// <summary>Adds a composite of layers that are built already, whose output has a shape.</summary>
    public void Add(ILayer<T> composite, Shape outputShape)
    {
        layers.Add(composite);
        Shape = outputShape;
    }

    /// <summary>The layers as one: the only one there is, or all in order.</summary>
    public ILayer<T> ToLayer() => layers switch
    {
        [] => new Identity<T>(),
        [var single] => single,
        _ => new Sequential<T>(layers),
    };
}
