using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NeuralNet;

/// <summary>The layers that drop numbers in training as methods of the builder.</summary>
public static class RegularizationsBuilding
{
    /// <summary>Adds a <see cref="Dropout{T}"/> layer, which drops numbers in training.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="ratio">The probability that a number is dropped, from 0 to less than 1; 0.5 by default.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Dropout<T>(this NetworkBuilder<T> builder, double ratio = 0.5)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Dropout<T>(ratio));

    /// <summary>Adds a <see cref="SpatialDropout{T}"/> layer, which drops whole channels in training.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="ratio">The probability that a channel is dropped, from 0 to less than 1; 0.5 by default.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> SpatialDropout<T>(this NetworkBuilder<T> builder, double ratio = 0.5)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new SpatialDropout<T>(ratio));

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
        LayerRegistry.Register<T>("Dropout", layer => new Dropout<T>(layer.Get<double>("ratio")));
        LayerRegistry.Register<T>("SpatialDropout", layer => new SpatialDropout<T>(layer.Get<double>("ratio")));
    }
}
