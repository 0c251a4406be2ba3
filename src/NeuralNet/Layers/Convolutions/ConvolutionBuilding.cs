using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NeuralNet;

/// <summary>Convolutions and poolings as methods of the builder.</summary>
public static class ConvolutionBuilding
{
    /// <summary>Adds a <see cref="Convolution{T}"/> layer.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="outputChannels">The number of output channels, also called filters; at least 1.</param>
    /// <param name="kernelSize">The height and width of the kernel, each at least 1.</param>
    /// <param name="stride">How far the window moves from one output to the next, at least 1; 1 by default.</param>
    /// <param name="padding">How far the window may reach beyond the image; not at all by default.</param>
    /// <param name="dilation">From one row or column of the kernel to the next, at least 1; 1 by default.</param>
    /// <param name="groups">Groups of channels that do not see each other; 1 by default.</param>
    /// <param name="bias">Whether there is a bias; true by default.</param>
    /// <param name="weightInitializer">The weight's initial values; by default what the next activation asks for, else <see cref="Xavier"/>.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Convolution<T>(
        this NetworkBuilder<T> builder, int outputChannels, Size2D kernelSize, Size2D? stride = null, Padding padding = default, Size2D? dilation = null, int groups = 1, bool bias = true, IInitializer? weightInitializer = null)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Convolution<T>(outputChannels, kernelSize, stride, padding, dilation, groups, bias, weightInitializer));

    /// <summary>Adds a <see cref="TransposedConvolution{T}"/> layer.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="outputChannels">The number of output channels, also called filters; at least 1.</param>
    /// <param name="kernelSize">The height and width of the kernel, each at least 1.</param>
    /// <param name="stride">How far the window moves from one input to the next, at least 1; 1 by default.</param>
    /// <param name="padding">How many rows and columns are cut off on each side of the output; none by default.</param>
    /// <param name="outputPadding">How many rows and columns come to the output at its end, less than the stride; 0 by default.</param>
    /// <param name="dilation">From one row or column of the kernel to the next, at least 1; 1 by default.</param>
    /// <param name="groups">Groups of channels that do not see each other; 1 by default.</param>
    /// <param name="bias">Whether there is a bias; true by default.</param>
    /// <param name="weightInitializer">The weight's initial values; by default what the next activation asks for, else <see cref="Xavier"/>.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> TransposedConvolution<T>(
        this NetworkBuilder<T> builder, int outputChannels, Size2D kernelSize, Size2D? stride = null, Padding padding = default, Size2D? outputPadding = null, Size2D? dilation = null, int groups = 1, bool bias = true, IInitializer? weightInitializer = null)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new TransposedConvolution<T>(outputChannels, kernelSize, stride, padding, outputPadding, dilation, groups, bias, weightInitializer));

    /// <summary>Adds a <see cref="MaxPooling{T}"/> layer.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="kernelSize">The height and width of the window, each at least 1.</param>
    /// <param name="stride">How far the window moves from one output to the next, at least 1; by default by its own size.</param>
    /// <param name="padding">How far the window may reach beyond the image; not at all by default.</param>
    /// <param name="dilation">From one row or column of the window to the next, at least 1; 1 by default.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> MaxPooling<T>(this NetworkBuilder<T> builder, Size2D kernelSize, Size2D? stride = null, Padding padding = default, Size2D? dilation = null)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new MaxPooling<T>(kernelSize, stride, padding, dilation));

    /// <summary>Adds an <see cref="AveragePooling{T}"/> layer.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="kernelSize">The height and width of the window, each at least 1.</param>
    /// <param name="stride">How far the window moves from one output to the next, at least 1; by default by its own size.</param>
    /// <param name="padding">How far the window may reach beyond the image; not at all by default.</param>
    /// <param name="countPadding">Whether the padding counts as zeros; true by default.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> AveragePooling<T>(this NetworkBuilder<T> builder, Size2D kernelSize, Size2D? stride = null, Padding padding = default, bool countPadding = true)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new AveragePooling<T>(kernelSize, stride, padding, countPadding));

    /// <summary>Adds a <see cref="GlobalAveragePooling{T}"/> layer.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> GlobalAveragePooling<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new GlobalAveragePooling<T>());

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
        LayerRegistry.Register("Convolution", NeuralNet.Convolution<T>.Of);
        LayerRegistry.Register("TransposedConvolution", NeuralNet.TransposedConvolution<T>.Of);
        LayerRegistry.Register("MaxPooling", NeuralNet.MaxPooling<T>.Of);
        LayerRegistry.Register("AveragePooling", NeuralNet.AveragePooling<T>.Of);
        LayerRegistry.Register<T>("GlobalAveragePooling", _ => new GlobalAveragePooling<T>());
    }
}
