using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NeuralNet;

/// <summary>The layers as methods of the builder.</summary>
public static class LayerBuilding
{
    /// <summary>Adds an <see cref="Affine{T}"/> layer, <c>y = x·W + b</c>.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="outputSize">The number of outputs, at least 1.</param>
    /// <param name="weightInitializer">The weight's initial values; by default what the next activation asks for, else <see cref="Xavier"/>.</param>
    /// <param name="bias">Whether there is a bias; true by default.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Affine<T>(this NetworkBuilder<T> builder, int outputSize, IInitializer? weightInitializer = null, bool bias = true)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Affine<T>(outputSize, weightInitializer, bias));

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
        LayerRegistry.Register<T>("Affine", layer => new Affine<T>(layer.Get<int>("outputSize"), bias: layer.Get<bool>("bias")));
    }
}
