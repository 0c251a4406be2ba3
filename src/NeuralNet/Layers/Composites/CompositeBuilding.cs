using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NeuralNet;

/// <summary>The layers of layers as methods of the builder. A block that is given in them becomes a <see cref="Sequential{T}"/>.</summary>
public static class CompositeBuilding
{
    /// <summary>Adds a <see cref="Sequential{T}"/>, layers as one layer.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="block">Adds the layers to the builder that it is given, and returns that.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Sequential<T>(this NetworkBuilder<T> builder, Func<NetworkBuilder<T>, NetworkBuilder<T>> block)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(Layer(block));

    /// <summary>Adds a <see cref="Residual{T}"/>, <c>y = x + f(x)</c>.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="block">Adds the layers of f: <c>block =&gt; block.Affine(64).Relu().Affine(64)</c>.</param>
    /// <param name="projection">Adds the layers of p, through which x goes to the sum; none by default.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Residual<T>(
        this NetworkBuilder<T> builder, Func<NetworkBuilder<T>, NetworkBuilder<T>> block, Func<NetworkBuilder<T>, NetworkBuilder<T>>? projection = null)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Residual<T>(Layer(block), projection is null ? null : Layer(projection)));

    /// <summary>Adds a <see cref="Concat{T}"/>, branches over one input whose outputs come one behind the other.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="branches">Adds the layers of a branch each, <c>a =&gt; a.Affine(3), b =&gt; b.Affine(5).Relu()</c>; <c>a =&gt; a</c> is the input itself.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Concat<T>(this NetworkBuilder<T> builder, params Func<NetworkBuilder<T>, NetworkBuilder<T>>[] branches)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(branches);
        return builder.Add(new Concat<T>(branches.Select(Layer)));
    }

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
        LayerRegistry.Register<T>("Sequential", layer => new Sequential<T>(Children<T>(layer)));
        LayerRegistry.Register<T>("Residual", layer => Children<T>(layer) is [var function, .. var rest] && rest.Length < 2
            ? new Residual<T>(function, rest.SingleOrDefault())
            : throw new InvalidDataException($"The description of Residual expects 1 or 2 children, found {layer.Children.Count}."));
        LayerRegistry.Register<T>("Concat", layer => new Concat<T>(Children<T>(layer)));
    }

    private static ILayer<T>[] Children<T>(LayerDescription layer)
        where T : unmanaged, IFloatingPointIeee754<T> => [.. layer.Children.Select(LayerRegistry.Create<T>)];

    private static Sequential<T> Layer<T>(Func<NetworkBuilder<T>, NetworkBuilder<T>> block)
        where T : unmanaged, IFloatingPointIeee754<T> => new Sequential<T>(NetworkBuilder<T>.LayersOf(block));
}
