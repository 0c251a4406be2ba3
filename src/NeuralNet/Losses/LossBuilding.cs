using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NeuralNet;

/// <summary>The losses as methods of the builder; a loss is the last layer.</summary>
public static class LossBuilding
{
    /// <summary>Ends the network in <see cref="SoftmaxWithLoss{T}"/>: softmax and cross-entropy, for one class of several.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> SoftmaxWithLoss<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new SoftmaxWithLoss<T>());

    /// <summary>Ends the network in <see cref="SigmoidWithLoss{T}"/>: sigmoid and binary cross-entropy, for outputs that are each true or false.</summary>
    /// <inheritdoc cref="SoftmaxWithLoss{T}(NetworkBuilder{T})"/>
    public static NetworkBuilder<T> SigmoidWithLoss<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new SigmoidWithLoss<T>());

    /// <summary>Ends the network in <see cref="MeanSquaredError{T}"/>: for numbers.</summary>
    /// <inheritdoc cref="SoftmaxWithLoss{T}(NetworkBuilder{T})"/>
    public static NetworkBuilder<T> MeanSquaredError<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new MeanSquaredError<T>());

    /// <summary>Ends the network in <see cref="SumSquaredError{T}"/>: half the sum of squared errors.</summary>
    /// <inheritdoc cref="SoftmaxWithLoss{T}(NetworkBuilder{T})"/>
    public static NetworkBuilder<T> SumSquaredError<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new SumSquaredError<T>());

    /// <summary>Ends the network in <see cref="CrossEntropyError{T}"/>: cross-entropy of probabilities.</summary>
    /// <inheritdoc cref="SoftmaxWithLoss{T}(NetworkBuilder{T})"/>
    public static NetworkBuilder<T> CrossEntropyError<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new CrossEntropyError<T>());

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The registry is a root type and knows no loss, so the room of losses introduces itself.")]
    internal static void Register()
    {
        Register<float>();
        Register<double>();
    }

    private static void Register<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        LayerRegistry.Register<T>("SoftmaxWithLoss", _ => new SoftmaxWithLoss<T>());
        LayerRegistry.Register<T>("SigmoidWithLoss", _ => new SigmoidWithLoss<T>());
        LayerRegistry.Register<T>("MeanSquaredError", _ => new MeanSquaredError<T>());
        LayerRegistry.Register<T>("SumSquaredError", _ => new SumSquaredError<T>());
        LayerRegistry.Register<T>("CrossEntropyError", _ => new CrossEntropyError<T>());
    }
}
