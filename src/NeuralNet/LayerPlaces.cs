using System.Runtime.CompilerServices;

namespace NeuralNet;

/// <summary>Sees to it that a layer instance, a composite's child too, stands in one place of one network, and a loss at the end.</summary>
internal static class LayerPlaces<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Every instance that was built for a network; forgotten with the instance.
    private static readonly ConditionalWeakTable<ILayer<T>, object> Taken = [];

    /// <summary>Checks layers that are about to become a network.</summary>
    public static void Check(ILayer<T>[] layers)
    {
        if (layers.Length == 0)
            throw new ArgumentException("A network needs at least one layer.");

        int nothing = Array.IndexOf(layers, null);
        if (nothing >= 0)
            throw new ArgumentException($"Layer {nothing} is null.");

        var seen = new Dictionary<ILayer<T>, string>(ReferenceEqualityComparer.Instance);
        foreach ((string path, ILayer<T> layer) in All(layers, string.Empty))
        {
            if (!seen.TryAdd(layer, path))
                throw new ArgumentException($"Layer {path} {layer.Describe()} is the same instance as layer {seen[layer]}: one instance stands in one place; create two.");
            if (layer is ILossLayer<T> && path.Contains('.'))
                throw new ArgumentException($"Layer {path} {layer.Describe()} is a loss and must be the last layer of the network, but it stands within a composite.");
            if (Taken.TryGetValue(layer, out _))
                throw new ArgumentException($"Layer {path} {layer.Describe()} already stands in another network, or in one that could not be built: one instance stands in one place; create a new one, or Replicate the network.");
        }

        int loss = Array.FindIndex(layers, layer => layer is ILossLayer<T>);
        if (loss >= 0 && loss < layers.Length - 1)
            throw new ArgumentException($"Layer {loss} {layers[loss].Describe()} is a loss and must be the last layer, but layer {loss + 1} {layers[loss + 1].Describe()} follows it.");
    }

    /// <summary>Remembers layers that become a network, and that are not to become another if that fails: those that were built before it did have drawn their first values.</summary>
    public static void Take(ILayer<T>[] layers)
    {
        foreach ((_, ILayer<T> layer) in All(layers, string.Empty))
            Taken.Add(layer, layers);
    }

    private static IEnumerable<(string Path, ILayer<T> Layer)> All(IReadOnlyList<ILayer<T>> layers, string path)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            yield return ($"{path}{i}", layers[i]);
            foreach ((string Path, ILayer<T> Layer) child in All(layers[i].Children, $"{path}{i}."))
                yield return child;
        }
    }
}
