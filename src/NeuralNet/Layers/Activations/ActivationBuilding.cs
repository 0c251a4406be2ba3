using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NeuralNet;

/// <summary>The activations as methods of the builder.</summary>
public static class ActivationBuilding
{
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

    /// <summary>Adds a <see cref="Relu6{T}"/> layer, <c>min(max(x, 0), 6)</c>.</summary>
    /// <inheritdoc cref="Identity{T}(NetworkBuilder{T})"/>
    public static NetworkBuilder<T> Relu6<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Relu6<T>());

    /// <summary>Adds a <see cref="PRelu{T}"/> layer, <c>x</c> above 0 and a learned slope below.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="perChannel">Whether each channel of an image, or each feature of a flat sample, has its own slope; false by default.</param>
    /// <param name="initialSlope">What every slope begins with, finite; 0.25 by default.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> PRelu<T>(this NetworkBuilder<T> builder, bool perChannel = false, double initialSlope = 0.25)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new PRelu<T>(perChannel, initialSlope));

    /// <summary>Adds an <see cref="Elu{T}"/> layer, <c>x</c> above 0 and <c>α·(eˣ - 1)</c> below.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="alpha">What it tends to far below 0 is -α; at least 0 and finite, 1 by default.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Elu<T>(this NetworkBuilder<T> builder, double alpha = 1)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Elu<T>(alpha));

    /// <summary>Adds a <see cref="Selu{T}"/> layer, the scaled exponential linear unit.</summary>
    /// <inheritdoc cref="Identity{T}(NetworkBuilder{T})"/>
    public static NetworkBuilder<T> Selu<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Selu<T>());

    /// <summary>Adds a <see cref="Gelu{T}"/> layer, <c>x·Φ(x)</c>.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="approximate">Whether it is the approximation by tanh; false by default.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Gelu<T>(this NetworkBuilder<T> builder, bool approximate = false)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Gelu<T>(approximate));

    /// <summary>Adds a <see cref="Silu{T}"/> layer, <c>x·σ(x)</c>, also called Swish.</summary>
    /// <inheritdoc cref="Identity{T}(NetworkBuilder{T})"/>
    public static NetworkBuilder<T> Silu<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Silu<T>());

    /// <summary>Adds a <see cref="Softplus{T}"/> layer, <c>log(1 + e^(β·x)) / β</c>.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="beta">How sharply it bends, greater than 0 and finite; 1 by default.</param>
    /// <param name="threshold">Where β·x is above it, y = x; finite, none by default. PyTorch's is 20.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Softplus<T>(this NetworkBuilder<T> builder, double beta = 1, double? threshold = null)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Softplus<T>(beta, threshold));

    /// <summary>Adds a <see cref="HardSigmoid{T}"/> layer, <c>min(max(x + 3, 0), 6) / 6</c>.</summary>
    /// <inheritdoc cref="Identity{T}(NetworkBuilder{T})"/>
    public static NetworkBuilder<T> HardSigmoid<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new HardSigmoid<T>());

    /// <summary>Adds a <see cref="HardSwish{T}"/> layer, <c>x·min(max(x + 3, 0), 6) / 6</c>.</summary>
    /// <inheritdoc cref="Identity{T}(NetworkBuilder{T})"/>
    public static NetworkBuilder<T> HardSwish<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new HardSwish<T>());

    /// <summary>Adds a <see cref="LogSoftmax{T}"/> layer.</summary>
    /// <inheritdoc cref="Identity{T}(NetworkBuilder{T})"/>
    public static NetworkBuilder<T> LogSoftmax<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new LogSoftmax<T>());

    /// <summary>Adds a <see cref="Scale{T}"/> layer, <c>factor·x + offset</c> with fixed numbers.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="factor">What the input is multiplied by, finite.</param>
    /// <param name="offset">What is added then, finite; 0 by default.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Scale<T>(this NetworkBuilder<T> builder, double factor, double offset = 0)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Scale<T>(factor, offset));

    /// <summary>Adds an <see cref="Identity{T}"/> layer, which changes nothing.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Identity<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Identity<T>());

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The registry is a root type and knows no layer, so the room of activations introduces itself.")]
    internal static void Register()
    {
        Register<float>();
        Register<double>();
    }

    private static void Register<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        LayerRegistry.Register<T>("Relu", _ => new Relu<T>());
        LayerRegistry.Register<T>("LeakyRelu", layer => new LeakyRelu<T>(layer.Get<double>("slope")));
        LayerRegistry.Register<T>("Sigmoid", _ => new Sigmoid<T>());
        LayerRegistry.Register<T>("Tanh", _ => new Tanh<T>());
        LayerRegistry.Register<T>("Exp", _ => new Exp<T>());
        LayerRegistry.Register<T>("Softmax", _ => new Softmax<T>());
        LayerRegistry.Register<T>("Relu6", _ => new Relu6<T>());
        LayerRegistry.Register<T>("PRelu", layer => new PRelu<T>(layer.Get<bool>("perChannel"), layer.Get<double>("initialSlope")));
        LayerRegistry.Register<T>("Elu", layer => new Elu<T>(layer.Get<double>("alpha")));
        LayerRegistry.Register<T>("Selu", _ => new Selu<T>());
        LayerRegistry.Register<T>("Gelu", layer => new Gelu<T>(layer.Get<bool>("approximate")));
        LayerRegistry.Register<T>("Silu", _ => new Silu<T>());
        LayerRegistry.Register<T>("Softplus", layer => new Softplus<T>(layer.Get<double>("beta"), layer.Values.Any(value => value.Key == "threshold") ? layer.Get<double>("threshold") : null));
        LayerRegistry.Register<T>("HardSigmoid", _ => new HardSigmoid<T>());
        LayerRegistry.Register<T>("HardSwish", _ => new HardSwish<T>());
        LayerRegistry.Register<T>("LogSoftmax", _ => new LogSoftmax<T>());
        LayerRegistry.Register<T>("Scale", layer => new Scale<T>(layer.Get<double>("factor"), layer.Get<double>("offset")));
        LayerRegistry.Register<T>("Identity", _ => new Identity<T>());
    }
}
