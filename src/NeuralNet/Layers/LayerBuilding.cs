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

    /// <summary>Adds a <see cref="Relu{T}"/> layer, <c>max(x, 0)</c>.</summary>
    /// <inheritdoc cref="Identity{T}(NetworkBuilder{T})"/>
    public static NetworkBuilder<T> Relu<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Relu<T>());

    /// <summary>Adds a <see cref="LeakyRelu{T}"/> layer, <c>x</c> above 0 and <c>slope·x</c> below.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="slope">The slope below 0, finite; 0.01 by default.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> LeakyRelu<T>(this NetworkBuilder<T> builder, double slope = 0.01)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new LeakyRelu<T>(slope));

    /// <summary>Adds a <see cref="Sigmoid{T}"/> layer, <c>1 / (1 + e⁻ˣ)</c>.</summary>
    /// <inheritdoc cref="Identity{T}(NetworkBuilder{T})"/>
    public static NetworkBuilder<T> Sigmoid<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Sigmoid<T>());

    /// <summary>Adds a <see cref="Tanh{T}"/> layer.</summary>
    /// <inheritdoc cref="Identity{T}(NetworkBuilder{T})"/>
    public static NetworkBuilder<T> Tanh<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Tanh<T>());

    /// <summary>Adds an <see cref="Exp{T}"/> layer, <c>eˣ</c>.</summary>
    /// <inheritdoc cref="Identity{T}(NetworkBuilder{T})"/>
    public static NetworkBuilder<T> Exp<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Exp<T>());

    /// <summary>Adds a <see cref="Softmax{T}"/> layer.</summary>
    /// <inheritdoc cref="Identity{T}(NetworkBuilder{T})"/>
    public static NetworkBuilder<T> Softmax<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Softmax<T>());

    /// <summary>Adds an <see cref="Identity{T}"/> layer, which changes nothing.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Identity<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Identity<T>());

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
        LayerRegistry.Register<T>("Relu", _ => new Relu<T>());
        LayerRegistry.Register<T>("LeakyRelu", layer => new LeakyRelu<T>(layer.Get<double>("slope")));
        LayerRegistry.Register<T>("Sigmoid", _ => new Sigmoid<T>());
        LayerRegistry.Register<T>("Tanh", _ => new Tanh<T>());
        LayerRegistry.Register<T>("Exp", _ => new Exp<T>());
        LayerRegistry.Register<T>("Softmax", _ => new Softmax<T>());
        LayerRegistry.Register<T>("Identity", _ => new Identity<T>());
    }
}
