using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NeuralNet;

/// <summary>The normalisations as methods of the builder.</summary>
public static class NormalizationsBuilding
{
    /// <summary>Adds a <see cref="BatchNormalization{T}"/> layer: each channel is normalised over the batch.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="epsilon">What is added to the variance, greater than 0; 1e-5 by default.</param>
    /// <param name="momentum">The share of a step's statistics in the running ones, from 0 to 1; 0.1 by default.</param>
    /// <param name="affine">Whether there are a weight and a bias; true by default.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> BatchNormalization<T>(this NetworkBuilder<T> builder, double epsilon = 1e-5, double momentum = 0.1, bool affine = true)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new BatchNormalization<T>(epsilon, momentum, affine));

    /// <summary>Adds a <see cref="LayerNormalization{T}"/> layer: each sample is normalised over its features.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="epsilon">What is added to the variance, greater than 0; 1e-5 by default.</param>
    /// <param name="affine">Whether there are a weight and a bias; true by default.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> LayerNormalization<T>(this NetworkBuilder<T> builder, double epsilon = 1e-5, bool affine = true)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new LayerNormalization<T>(epsilon, affine));

    /// <summary>Adds a <see cref="GroupNormalization{T}"/> layer: each sample is normalised over groups of its channels.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="groups">The number of groups, at least 1; the number of channels is a multiple of it.</param>
    /// <param name="epsilon">What is added to the variance, greater than 0; 1e-5 by default.</param>
    /// <param name="affine">Whether there are a weight and a bias; true by default.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> GroupNormalization<T>(this NetworkBuilder<T> builder, int groups, double epsilon = 1e-5, bool affine = true)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new GroupNormalization<T>(groups, epsilon, affine));

    /// <summary>Adds a <see cref="NeuralNet.Normalization{T}"/> layer: each feature or channel is scaled with fixed numbers, which are saved with the weights.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="scaling">The numbers, fitted on the samples to train with.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Normalization<T>(this NetworkBuilder<T> builder, Scaling scaling)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(scaling);
        return builder.Add(new Normalization<T>(scaling.Offsets, scaling.Factors));
    }

    /// <summary>Adds a <see cref="NeuralNet.Normalization{T}"/> layer that changes nothing until weights are loaded.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="size">The number of features, or of channels, at least 1.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Normalization<T>(this NetworkBuilder<T> builder, int size)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Normalization<T>(size));

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
        LayerRegistry.Register<T>("BatchNormalization", layer => new BatchNormalization<T>(layer.Get<double>("epsilon"), layer.Get<double>("momentum"), layer.Get<bool>("affine")));
        LayerRegistry.Register<T>("LayerNormalization", layer => new LayerNormalization<T>(layer.Get<double>("epsilon"), layer.Get<bool>("affine")));
        LayerRegistry.Register<T>("GroupNormalization", layer => new GroupNormalization<T>(layer.Get<int>("groups"), layer.Get<double>("epsilon"), layer.Get<bool>("affine")));
        LayerRegistry.Register<T>("Normalization", layer => new Normalization<T>(layer.Get<int>("size")));
    }
}
