using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>What each layer of a network gives for some samples.</summary>
internal static class LayerActivations
{
    /// <summary>Runs samples through the layers as Predict does, in inference mode, and hands on what each layer gives.</summary>
    /// <param name="network">The network, used by nobody else meanwhile.</param>
    /// <param name="input">The samples, <c>[N, in]</c>, in one block.</param>
    /// <param name="take">Takes the layer's index, the layer and its output, valid until it returns. Layers that only pass their input on are left out.</param>
    public static void Visit<T>(Network<T> network, Matrix<T> input, Action<int, ILayer<T>, Matrix<T>> take)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Input("The network", network.InputShape.Size, input);
        using ThreadLimit.Scope limit = ThreadLimit.Enter(network.MaxThreads);
        network.Chain.EnterStep(default);

        // In the order in which the layers stand: the network's own passes may exchange neighbours, whose outputs between them are then other ones.
        Matrix<T> x = Dense.Of(input);
        foreach ((int index, ILayer<T> layer) in network.Layers.Index())
        {
            Matrix<T> output = Dense.Of(layer.Forward(x));
            if (!ReferenceEquals(output, x))
                take(index, layer, output);
            x = output;
        }
    }
}
