namespace NeuralNet.Samples.Serve;

/// <summary>The one network that is served, read-only: any number of requests predict with it at the same time.</summary>
internal sealed class ServedModel
{
    private readonly Network<float> network;
    private readonly bool givesProbabilities;
    private int predicting;

    private ServedModel(string name, Network<float> network)
    {
        // Requests run side by side, so each gets one thread.
        network.MaxThreads = 1;
        (Name, this.network, WeightsSha256) = (name, network, network.WeightsSha256());
        givesProbabilities = IsProbability(network.Layers[^1]);
    }

    public string Name { get; }

    public string WeightsSha256 { get; }

    public int InputSize => network.InputShape.Size;

    /// <summary>How many requests are being predicted for.</summary>
    public int Predicting => Volatile.Read(ref predicting);

    public static ServedModel Load(string path, bool softmaxHead) => new(Path.GetFileName(path), ModelFile.Load(path, softmaxHead));

    public PredictAnswer Predict(IReadOnlyList<float[]> samples, bool withActivations, CancellationToken cancellation)
    {
        Interlocked.Increment(ref predicting);
        try
        {
            return new PredictAnswer(
                givesProbabilities ? [.. samples.Select((sample, i) => Classify(sample, i, cancellation))] : null,
                givesProbabilities ? null : [.. samples.Select((sample, i) => Outputs(sample, i, cancellation))],
                withActivations ? [.. network.Activations<float>(samples[0]).Select(LayerPicture.Of)] : null);
        }
        finally
        {
            Interlocked.Decrement(ref predicting);
        }
    }

    public ModelAnswer Describe(LimitsAnswer limits) => new(
        Name,
        network.InputShape.Dimensions.ToArray(),
        network.OutputShape.Dimensions.ToArray(),
        givesProbabilities,
        network.ClassNames,
        network.Parameters.Sum(parameter => (long)parameter.Shape.Size),
        [.. Layers(network.Layers, string.Empty)],
        WeightsSha256,
        network.Metadata.ToDictionary(),
        limits);

    // Anything else may end in scores, or in numbers that are no classes' at all.
    private static bool IsProbability(ILayer<float> last) => last switch
    {
        Softmax<float> or Sigmoid<float> or SoftmaxWithLoss<float> or SigmoidWithLoss<float> or Focal<float> or KullbackLeibler<float> => true,
        Sequential<float> => IsProbability(last.Children[^1]),
        _ => false,
    };

    private ClassAnswer[] Classify(float[] sample, int index, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ClassAnswer[] classes = [.. network.Classify<float>(sample).Select(found => new ClassAnswer(found.Class, found.Name, (float)found.Probability))];
        return Array.TrueForAll(classes, found => float.IsFinite(found.Probability)) ? classes : throw NotFinite(index);
    }

    private float[] Outputs(float[] sample, int index, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var outputs = new float[network.OutputShape.Size];
        network.Predict(sample, outputs);
        return Array.TrueForAll(outputs, float.IsFinite) ? outputs : throw NotFinite(index);
    }

    private static BadRequestException NotFinite(int index) =>
        new($"Sample {index} expects numbers of the size that the network was trained on; with those it has, the network's output is not finite.");

    private IEnumerable<LayerAnswer> Layers(IReadOnlyList<ILayer<float>> layers, string path) =>
        layers.Index().SelectMany(place => Layers(place.Item.Children, $"{path}{place.Index}.").Prepend(new LayerAnswer(
            $"{path}{place.Index}",
            place.Item.Describe().ToString(),
            network.OutputShapeOf(place.Item).Dimensions.ToArray(),
            place.Item.Parameters.Sum(parameter => (long)parameter.Shape.Size))));
}
