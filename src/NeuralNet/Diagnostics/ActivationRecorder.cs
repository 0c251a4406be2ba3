namespace NeuralNet;

/// <summary>Writes down what layers give for one sample, in the order in which they give it.</summary>
internal sealed class ActivationRecorder<T>(LayerList<T> layers) : IPassObserver<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<LayerActivation<T>> seen = [];

    public IReadOnlyList<LayerActivation<T>> Seen => seen;

    // The row of a batch of one: its columns lie one after another.
    void IPassObserver<T>.SawForward(ILayer<T> layer, Matrix<T> input, Matrix<T> output) =>
        seen.Add(new LayerActivation<T>(layers.PathOf(layer)!, layer.Describe().ToString(), layers.OutputShapeOf(layer)!, Dense.Of(output).Values().ToArray()));
}
