namespace NeuralNet;

/// <summary>Layers in order: builds them, names their parameters, and carries a batch forward and a gradient backward through them.</summary>
internal sealed class LayerChain<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ILayer<T>[] layers;
    private readonly string[] randomNames;
    private readonly Matrix<T>?[] outputs;
    private readonly List<Parameter<T>> parameters = [];
    private readonly List<LayerState<T>> states = [];
    private readonly int firstLearning;

    /// <summary>Builds the layers for a shape of sample.</summary>
    public LayerChain(Shape inputShape, IReadOnlyList<ILayer<T>> layers, CounterRandom random)
    {
        this.layers = [.. layers];
        (InputShape, outputs) = (inputShape, new Matrix<T>?[this.layers.Length]);
        LayerPlaces<T>.Check(this.layers);
        randomNames = RandomNames(this.layers);
        OfferInitializers();
        OutputShapes = Build(random);
        for (int i = 0; i < this.layers.Length; i++)
            Collect(this.layers[i], $"{i}.");
        CanReplicate = Array.TrueForAll(this.layers, IsRegistered);
        firstLearning = Array.FindIndex(this.layers, Learns);
        LayerPlaces<T>.Take(this.layers);
    }

    public Shape InputShape { get; }

    /// <summary>The shape of one sample behind each layer.</summary>
    public IReadOnlyList<Shape> OutputShapes { get; }

    public IReadOnlyList<ILayer<T>> Layers => layers;

    public IReadOnlyList<Parameter<T>> Parameters => parameters;

    public IReadOnlyList<LayerState<T>> States => states;

    public ILossLayer<T>? Loss => layers[^1] as ILossLayer<T>;

    /// <summary>Whether all layers can be created again from their descriptions.</summary>
    public bool CanReplicate { get; }

    /// <summary>A chain of new layers made from these layers' descriptions, with these layers' values.</summary>
    public LayerChain<T> Replicate()
    {
        var replica = new LayerChain<T>(InputShape, [.. layers.Select(layer => LayerRegistry.Create<T>(layer.Describe()))], new CounterRandom(0));
        for (int i = 0; i < parameters.Count; i++)
            replica.parameters[i].ShareValueOf(parameters[i]);
        for (int i = 0; i < states.Count; i++)
            replica.states[i].ShareValueOf(states[i]);
        return replica;
    }

    /// <summary>Tells the layers that ask for it which step the coming passes belong to.</summary>
    public void EnterStep(StepContext context)
    {
        for (int i = 0; i < layers.Length; i++)
        {
            if (layers[i] is IStepAware aware)
                aware.EnterStep(context.For(randomNames[i]));
        }
    }

    public void CommitStep()
    {
        foreach (ILayer<T> layer in layers)
            (layer as IStepAware)?.CommitStep();
    }

    /// <summary>Through all layers, the loss as the head that it is without a target.</summary>
    public Matrix<T> Forward(Matrix<T> input) => Forward(input, layers.Length);

    /// <summary>Through all layers and the loss.</summary>
    public double Forward(Matrix<T> input, Matrix<T> target, ReadOnlySpan<T> sampleWeights) =>
        Loss!.Forward(Forward(input, layers.Length - 1), target, sampleWeights);

    /// <summary>From the latest loss back to the first layer that learns.</summary>
    public void Backward()
    {
        if (firstLearning < 0)
            return;
        Matrix<T> gradient = Backward(firstLearning + 1);
        layers[firstLearning].BackwardParameters(gradient);
    }

    /// <summary>From the latest loss all the way back: dL/d(input).</summary>
    public Matrix<T> BackwardToInput() => Backward(0);

    /// <summary>Says where the first value that is not finite stands, in the input, the parameters or the outputs of the latest forward pass.</summary>
    public string FirstNonFinite(Matrix<T> input)
    {
        if (Find(input) is { } inInput)
            return $"The first non-finite value is in the input: {inInput}.";
        for (int i = 0; i < layers.Length; i++)
        {
            foreach (Parameter<T> parameter in ParametersOf(layers[i]))
            {
                if (Find(parameter.Value) is { } inParameter)
                    return $"The first non-finite value is in the parameter {parameter.Name} of layer {i} {layers[i].Describe()}: {inParameter}.";
            }

            if (outputs[i] is { } output && Find(output) is { } inOutput)
                return $"The first non-finite value is in the output of layer {i} {layers[i].Describe()}: {inOutput}.";
        }

        return $"All values up to the loss, layer {layers.Length - 1} {layers[^1].Describe()}, are finite.";
    }

    private static string? Find(Matrix<T> matrix)
    {
        var found = matrix.Find(value => !T.IsFinite(value), Zeros.Include);
        return found is null ? null : $"{Guard.Number(found.Item3)} at row {found.Item1}, column {found.Item2}";
    }

    // Random keys go by kind and ordinal, so that the second Affine draws the same whatever stands before it.
    private static string[] RandomNames(ILayer<T>[] layers)
    {
        var seen = new Dictionary<string, int>();
        return [.. layers.Select(layer =>
        {
            string kind = layer.Describe().Kind;
            int ordinal = seen[kind] = seen.GetValueOrDefault(kind, -1) + 1;
            return $"{kind}.{ordinal}";
        })];
    }

    private static bool IsRegistered(ILayer<T> layer) => LayerRegistry.Knows<T>(layer.Describe().Kind) && layer.Children.All(IsRegistered);

    private static IEnumerable<Parameter<T>> ParametersOf(ILayer<T> layer) => layer.Parameters.Concat(layer.Children.SelectMany(ParametersOf));

    private static bool Learns(ILayer<T> layer) => layer.Parameters.Count > 0 || layer.Children.Any(Learns);

    private Matrix<T> Forward(Matrix<T> input, int count)
    {
        Array.Clear(outputs);
        Matrix<T> x = input;
        for (int i = 0; i < count; i++)
            x = outputs[i] = layers[i].Forward(x);
        return x;
    }

    private Matrix<T> Backward(int downTo)
    {
        Matrix<T> gradient = Loss!.Backward();
        for (int i = layers.Length - 2; i >= downTo; i--)
            gradient = layers[i].Backward(gradient);
        return gradient;
    }

    private void OfferInitializers()
    {
        IInitializer? offered = null;
        for (int i = layers.Length - 1; i >= 0; i--)
        {
            if (layers[i] is IActivation activation)
                offered = activation.FeedingInitializer;
            if (layers[i] is IWeighted weighted)
            {
                if (offered is not null)
                    weighted.UseDefaultInitializer(offered);
                offered = null;
            }
        }
    }

    private Shape[] Build(CounterRandom random)
    {
        var shapes = new Shape[layers.Length];
        Shape shape = InputShape;
        for (int i = 0; i < layers.Length; i++)
        {
            try
            {
                shape = shapes[i] = layers[i].Build(shape, random.Split(randomNames[i]));
            }
            catch (ArgumentException e)
            {
                string before = i == 0 ? "the network's input is" : $"layer {i - 1} {layers[i - 1].Describe()} gives";
                throw new ArgumentException($"Layer {i} {layers[i].Describe()} does not fit: {before} {shape.ToSizeString()}. {e.Message}", e);
            }
        }

        return shapes;
    }

    private void Collect(ILayer<T> layer, string path)
    {
        foreach (Parameter<T> parameter in layer.Parameters)
        {
            parameter.Name = path + parameter.Name;
            parameters.Add(parameter);
        }

        foreach (LayerState<T> state in layer.States)
        {
            state.Name = path + state.Name;
            states.Add(state);
        }

        for (int i = 0; i < layer.Children.Count; i++)
            Collect(layer.Children[i], $"{path}{i}.");
    }
}
