using System.Collections.Concurrent;

namespace NeuralNet;

/// <summary>The layers that can be created from a description: the library's own, and those an application registers.</summary>
/// <remarks>
/// A custom layer trains without being registered; <see cref="Network{T}.Replicate"/> and a network's file need it to be. A file holds the name of the kind, and this table alone decides
/// what is created for it.
/// </remarks>
public static class LayerRegistry
{
    /// <summary>Registers a kind of layer.</summary>
    /// <typeparam name="T">The precision the factory makes; register one for each that is used.</typeparam>
    /// <param name="kind">The kind that the layer's <see cref="ILayer{T}.Describe"/> gives: the name of its type, if the layer says nothing else.</param>
    /// <param name="factory">Creates the layer, not yet built, from its description.</param>
    /// <exception cref="ArgumentException">The kind is registered already.</exception>
    public static void Register<T>(string kind, Func<LayerDescription, ILayer<T>> factory)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Precision<T>();
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentNullException.ThrowIfNull(factory);
        if (!Table<T>.Factories.TryAdd(kind, factory))
            throw new ArgumentException($"A layer of kind {kind} is registered already for {typeof(T).Name}.", nameof(kind));
    }

    /// <summary>Whether a kind of layer is registered.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <returns>True if <see cref="Create"/> can create it.</returns>
    public static bool Knows<T>(string kind)
        where T : unmanaged, IFloatingPointIeee754<T> => Table<T>.Factories.ContainsKey(kind);

    /// <summary>Creates a layer, not yet built, from its description.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="description">The description.</param>
    /// <returns>A new layer.</returns>
    /// <exception cref="InvalidOperationException">No layer of this kind is registered, or what is registered made null.</exception>
    public static ILayer<T> Create<T>(LayerDescription description)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(description);
        if (!Table<T>.Factories.TryGetValue(description.Kind, out Func<LayerDescription, ILayer<T>>? factory))
        {
            throw new InvalidOperationException(
                $"No layer of kind {description.Kind} is registered. Register it once at start: LayerRegistry.Register<{typeof(T).Name}>(\"{description.Kind}\", description => new ...).");
        }

        return factory(description) ?? throw new InvalidOperationException($"What is registered for the kind {description.Kind} made null of {description}; expected a layer.");
    }

    private static class Table<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static readonly ConcurrentDictionary<string, Func<LayerDescription, ILayer<T>>> Factories = new();
    }
}
