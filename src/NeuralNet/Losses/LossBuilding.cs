using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NeuralNet;

/// <summary>The losses as methods of the builder; a loss is the last layer.</summary>
public static class LossBuilding
{
    /// <summary>Ends the network in <see cref="SoftmaxWithLoss{T}"/>: softmax and cross-entropy, for one class of several.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="labelSmoothing">The share of every target that is spread evenly over all classes, in [0, 1); 0 by default.</param>
    /// <param name="classWeights">How much a target of each class counts, one for each class; 1 each by default.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> SoftmaxWithLoss<T>(this NetworkBuilder<T> builder, double labelSmoothing = 0, ReadOnlySpan<double> classWeights = default)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new SoftmaxWithLoss<T>(labelSmoothing, classWeights));

    /// <summary>Ends the network in <see cref="SigmoidWithLoss{T}"/>: sigmoid and binary cross-entropy, for outputs that are each true or false.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="labelSmoothing">How far every target is drawn towards 1/2, in [0, 1); 0 by default.</param>
    /// <param name="outputWeights">How much each output counts, one for each; 1 each by default.</param>
    /// <param name="positiveWeights">How much a target of 1 counts beside a target of 0, one for each output; 1 each by default.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> SigmoidWithLoss<T>(this NetworkBuilder<T> builder, double labelSmoothing = 0, ReadOnlySpan<double> outputWeights = default, ReadOnlySpan<double> positiveWeights = default)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new SigmoidWithLoss<T>(labelSmoothing, outputWeights, positiveWeights));

    /// <summary>Ends the network in <see cref="KullbackLeibler{T}"/>: the divergence of the softmax from a distribution.</summary>
    /// <inheritdoc cref="MeanSquaredError{T}(NetworkBuilder{T})"/>
    public static NetworkBuilder<T> KullbackLeibler<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new KullbackLeibler<T>());

    /// <summary>Ends the network in <see cref="Focal{T}"/>: cross-entropy in which samples that are classified well already count little.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="gamma">How steeply a sample's part falls as its probability rises, at least 0 and finite; 2 by default.</param>
    /// <param name="alpha">How much each class counts, one for each class; 1 each by default.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Focal<T>(this NetworkBuilder<T> builder, double gamma = 2, ReadOnlySpan<double> alpha = default)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Focal<T>(gamma, alpha));

    /// <summary>Ends the network in <see cref="Hinge{T}"/>: the margins of a support vector machine of several classes.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="margin">By how much the true class's score must exceed each other for no loss, greater than 0 and finite; 1 by default.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Hinge<T>(this NetworkBuilder<T> builder, double margin = 1)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Hinge<T>(margin));

    /// <summary>Ends the network in <see cref="MeanAbsoluteError{T}"/>: for numbers with outliers.</summary>
    /// <inheritdoc cref="MeanSquaredError{T}(NetworkBuilder{T})"/>
    public static NetworkBuilder<T> MeanAbsoluteError<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new MeanAbsoluteError<T>());

    /// <summary>Ends the network in <see cref="Huber{T}"/>: for numbers with outliers, smooth near 0.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="delta">The distance up to which the loss is a square, greater than 0 and finite; 1 by default.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> Huber<T>(this NetworkBuilder<T> builder, double delta = 1)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new Huber<T>(delta));

    /// <summary>Ends the network in <see cref="MeanSquaredError{T}"/>: for numbers.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static NetworkBuilder<T> MeanSquaredError<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new MeanSquaredError<T>());

    /// <summary>Ends the network in <see cref="SumSquaredError{T}"/>: half the sum of squared errors.</summary>
    /// <inheritdoc cref="MeanSquaredError{T}(NetworkBuilder{T})"/>
    public static NetworkBuilder<T> SumSquaredError<T>(this NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder.Add(new SumSquaredError<T>());

    /// <summary>Ends the network in <see cref="CrossEntropyError{T}"/>: cross-entropy of probabilities.</summary>
    /// <inheritdoc cref="MeanSquaredError{T}(NetworkBuilder{T})"/>
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
        LayerRegistry.Register<T>("SoftmaxWithLoss", layer => new SoftmaxWithLoss<T>(layer.Get<double>("labelSmoothing"), Numbers(layer, "classWeights")));
        LayerRegistry.Register<T>("SigmoidWithLoss", layer => new SigmoidWithLoss<T>(layer.Get<double>("labelSmoothing"), Numbers(layer, "outputWeights"), Numbers(layer, "positiveWeights")));
        LayerRegistry.Register<T>("KullbackLeibler", _ => new KullbackLeibler<T>());
        LayerRegistry.Register<T>("Focal", layer => new Focal<T>(layer.Get<double>("gamma"), Numbers(layer, "alpha")));
        LayerRegistry.Register<T>("Hinge", layer => new Hinge<T>(layer.Get<double>("margin")));
        LayerRegistry.Register<T>("MeanAbsoluteError", _ => new MeanAbsoluteError<T>());
        LayerRegistry.Register<T>("Huber", layer => new Huber<T>(layer.Get<double>("delta")));
        LayerRegistry.Register<T>("MeanSquaredError", _ => new MeanSquaredError<T>());
        LayerRegistry.Register<T>("SumSquaredError", _ => new SumSquaredError<T>());
        LayerRegistry.Register<T>("CrossEntropyError", _ => new CrossEntropyError<T>());
    }

    private static double[] Numbers(LayerDescription layer, string name) => [.. layer.Get<IReadOnlyList<double>>(name)];
}
