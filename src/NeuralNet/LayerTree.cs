namespace NeuralNet;

/// <summary>A layer with all that is nested in it.</summary>
internal static class LayerTree
{
    /// <summary>The layer's parameters, then its children's.</summary>
    public static IEnumerable<Parameter<T>> AllParameters<T>(this ILayer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T> => layer.Parameters.Concat(layer.Children.SelectMany(AllParameters));

    /// <summary>Whether there is anything to learn.</summary>
    public static bool Learns<T>(this ILayer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T> => layer.Parameters.Count > 0 || layer.Children.Any(Learns);
}
