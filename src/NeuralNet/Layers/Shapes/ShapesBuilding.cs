using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NeuralNet;

/// <summary>The layers that look at numbers in another way as methods of the builder.</summary>
public static class ShapesBuilding
{
    /// <summary>Adds a <see cref="Flatten{T}"/> layer, behind which a sample is flat.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Flatten<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Flatten<T>());

    /// <summary>Adds a <see cref="Reshape{T}"/> layer, behind which a sample has another shape.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="shape">The shape of an output sample.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Reshape<T>(this NetworkBuilder<T> builder, Shape shape)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Reshape<T>(shape));

    /// <summary>Adds an <see cref="Embedding{T}"/> layer, a table of learned vectors.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="vocabularySize">The number of vectors, at least 1.</param>
    /// <param name="width">The number of elements of a vector, at least 1.</param>
    /// <param name="weightInitializer">The vectors' initial values; by default <see cref="Normal"/> with deviation 1.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Embedding<T>(this NetworkBuilder<T> builder, int vocabularySize, int width, IInitializer? weightInitializer = null)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Embedding<T>(vocabularySize, width, weightInitializer));

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The registry is a root type and knows no layer, so the room of layers introduces itself.")]
    internal static void Register()
    {
        Register<float>();
        Register<double>();
    }

    private static void Register<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        LayerRegistry.Register<T>("Flatten", _ => new Flatten<T>());
        LayerRegistry.Register<T>("Reshape", layer => new Reshape<T>(layer.Get<Shape>("shape")));
        LayerRegistry.Register<T>("Embedding", layer => new Embedding<T>(layer.Get<int>("vocabularySize"), layer.Get<int>("width")));
    }
}
