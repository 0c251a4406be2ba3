namespace NeuralNet;

/// <summary>Takes down how what each layer gives is distributed. Layers that only pass their input on are left out, and those within composites.</summary>
internal sealed class OutputHistogram<T>(LayerList<T> layers, Histogram histogram) : IPassObserver<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public void SawForward(ILayer<T> layer, Matrix<T> input, Matrix<T> output)
    {
        int index = Array.IndexOf(layers.All, layer);
        if (index >= 0 && !ReferenceEquals(input, output))
            histogram.AddValues<T>($"{Guard.Number(index)} {layer.Describe()}", Dense.Of(output).Values());
    }
}
