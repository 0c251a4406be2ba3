namespace NeuralNet;

/// <summary>A layer with all that is nested in it.</summary>
internal static class LayerTree
{
    /// <summary>The layer, then those within it.</summary>
    public static IEnumerable<ILayer<T>> AndAllWithin<T>(this ILayer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T> => [layer, .. layer.Children.SelectMany(AndAllWithin)];

    /// <summary>The layer's parameters, then its children's.</summary>
    public static IEnumerable<Parameter<T>> AllParameters<T>(this ILayer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T> => layer.AndAllWithin().SelectMany(each => each.Parameters);

    /// <summary>Whether there is anything to learn.</summary>
    public static bool Learns<T>(this ILayer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T> => layer.Parameters.Count > 0 || layer.Children.Any(Learns);
}
