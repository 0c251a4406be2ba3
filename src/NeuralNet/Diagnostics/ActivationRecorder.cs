namespace NeuralNet;

/// <summary>Writes down what layers give for one sample, in the order in which they give it.</summary>
internal sealed class ActivationRecorder<T> : IPassObserver<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<ILayer<T>, (string Path, Shape Shape)> places = new(ReferenceEqualityComparer.Instance);
    private readonly List<LayerActivation<T>> seen = [];

    public ActivationRecorder(LayerList<T> layers) => AddPlaces(layers, string.Empty);

    public IReadOnlyList<LayerActivation<T>> Seen => seen;

    void IPassObserver<T>.SawForward(ILayer<T> layer, Matrix<T> input, Matrix<T> output)
    {
        // The row of a batch of one: its columns lie one after another.
        (string path, Shape shape) = places[layer];
        seen.Add(new LayerActivation<T>(path, layer.Describe().ToString(), shape, Dense.Of(output).Values().ToArray()));
    }

    private void AddPlaces(LayerList<T> layers, string path)
    {
        for (int i = 0; i < layers.All.Length; i++)
        {
            places.Add(layers.All[i], ($"{path}{i}", layers.OutputShapes[i]));
            if (layers.All[i] is IComposite<T> composite)
                AddPlaces(composite.Layers, $"{path}{i}.");
        }
    }
}
