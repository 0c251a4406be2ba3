namespace NeuralNet;

/// <summary>Writes down what layers give for one sample, in the order in which they give it.</summary>
internal sealed class ActivationRecorder<T>(LayerList<T> layers) : IPassObserver<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<LayerActivation<T>> seen = [];

    public IReadOnlyList<LayerActivation<T>> Seen => seen;

    void IPassObserver<T>.SawForward(ILayer<T> layer, Matrix<T> input, Matrix<T> output)
    {
        // The row of a batch of one: its columns lie one after another.
        (string path, Shape shape) = layers.PlaceOf(layer)!.Value;
        seen.Add(new LayerActivation<T>(path, layer.Describe().ToString(), shape, Dense.Of(output).Values().ToArray()));
    }
}
