using System.Runtime.CompilerServices;

namespace NeuralNet;

/// <summary>A network's layers: places them, names their parameters, carries a batch forward to the loss and a gradient back, and makes replicas.</summary>
internal sealed class LayerChain<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LayerList<T> layers;
    private readonly List<Parameter<T>> parameters = [];
    private readonly List<LayerState<T>> states = [];
    private bool? canReplicate;

    /// <summary>Builds the layers for a shape of sample.</summary>
    public LayerChain(Shape inputShape, ILayer<T>[] layers, CounterRandom random)
    {
        LayerPlaces<T>.Check(layers);
        (InputShape, this.layers) = (inputShape, new LayerList<T>(layers, ofComposite: false));
        LayerPlaces<T>.Take(layers);
        this.layers.OfferInitializersInOrder(null);
        this.layers.BuildInOrder(inputShape, random);
        var names = new Dictionary<object, string>();
        for (int i = 0; i < layers.Length; i++)
            Collect(layers[i], $"{i}.", names);
        Name(names);
    }

    public Shape InputShape { get; }

    public Shape OutputShape => layers.OutputShapes[^1];

    public LayerList<T> Layers => layers;

    public IReadOnlyList<Parameter<T>> Parameters => parameters;

    public IReadOnlyList<LayerState<T>> States => states;

    public ILossLayer<T>? Loss => layers.All[^1] as ILossLayer<T>;

    /// <summary>Of how many samples the input and output of any one layer take no more than so many bytes; at least 1.</summary>
    public int SamplesWithin(long bytes)
    {
        long most = 1;
        for (int i = 0; i < layers.All.Length; i++)
            most = Math.Max(most, (long)layers.InputShapes[i].Size + layers.OutputShapes[i].Size);
        return (int)Math.Clamp(bytes / (most * Unsafe.SizeOf<T>()), 1, int.MaxValue);
    }

    /// <summary>Whether all layers can be created again from their descriptions. Found out when it is first asked.</summary>
    public bool CanReplicate => canReplicate ??= Array.TrueForAll(layers.All, IsRegistered);

    /// <summary>A chain of new layers made from these layers' descriptions, with these layers' values.</summary>
    public LayerChain<T> Replicate()
    {
        LayerChain<T> replica = CreateAgain();
        for (int i = 0; i < parameters.Count; i++)
            replica.parameters[i].ShareValueOf(parameters[i]);
        for (int i = 0; i < states.Count; i++)
            replica.states[i].ShareValueOf(states[i]);
        return replica;
    }

    /// <summary>The same with copies of the values, which nobody is to change: weights are packed for the products that they are in.</summary>
    public LayerChain<T> Freeze()
    {
        LayerChain<T> frozen = CreateAgain();
        for (int i = 0; i < parameters.Count; i++)
            parameters[i].Value.CopyTo(frozen.parameters[i].Value);
        for (int i = 0; i < states.Count; i++)
            states[i].Value.CopyTo(frozen.states[i].Value);
        foreach (IPacksWeights layer in frozen.layers.All.SelectMany(layer => layer.AndAllWithin()).OfType<IPacksWeights>())
            layer.PackWeights();
        return frozen;
    }

    // New layers with other values.
    private LayerChain<T> CreateAgain()
    {
        var replica = new LayerChain<T>(InputShape, [.. layers.All.Select(CreateAgain)], new CounterRandom(0));
        if (!replica.parameters.Select(parameter => parameter.ToString()).SequenceEqual(parameters.Select(parameter => parameter.ToString()))
            || !replica.states.Select(state => state.ToString()).SequenceEqual(states.Select(state => state.ToString())))
        {
            throw new InvalidOperationException(
                $"The replica has the parameters {string.Join(", ", replica.parameters)}, but the network has {string.Join(", ", parameters)}: Describe must give, and the registered factory must use, all that sizes depend on.");
        }

        return replica;
    }

    /// <summary>Checks that all layers can be created again from their descriptions.</summary>
    /// <exception cref="InvalidOperationException">A custom layer is not registered, or its kind is another's.</exception>
    public void CheckDescriptions()
    {
        foreach (ILayer<T> layer in layers.All)
            CreateAgain(layer);
    }

    public void EnterStep(StepContext context) => layers.EnterStep(context);

    public void CommitStep() => layers.CommitStep();

    /// <summary>Through all layers, the loss as the head that it is without a target.</summary>
    public Matrix<T> Forward(Matrix<T> input) => layers.ForwardInOrder(input, layers.All.Length);

    /// <summary>Through all layers but the loss: what both the loss and its head begin with.</summary>
    public Matrix<T> Scores(Matrix<T> input) => layers.ForwardInOrder(input, layers.All.Length - 1);

    /// <summary>Through all layers and the loss.</summary>
    public double Forward(Matrix<T> input, Matrix<T> target, ReadOnlySpan<T> sampleWeights) => Loss!.Forward(Scores(input), target, sampleWeights);

    /// <summary>The first sample that does not count in the loss, by its weight or its class's, and whose scores are not finite; null if there is none.</summary>
    public int? FirstSpoilt(Matrix<T> scores, Matrix<T> target, ReadOnlySpan<T> sampleWeights)
    {
        if (NonFiniteSearch<T>.Find(scores) is null)
            return null;
        for (int row = 0; row < scores.RowCount; row++)
        {
            ReadOnlySpan<T> weight = sampleWeights.IsEmpty ? default : sampleWeights.Slice(row, 1);
            if (NonFiniteSearch<T>.Find(scores.SubMatrix(row, 1, 0, scores.ColumnCount)) is not null && Loss!.TotalWeight(target.SubMatrix(row, 1, 0, target.ColumnCount), weight) == 0)
                return row;
        }

        return null;
    }

    /// <summary>From the latest loss back to the first layer that learns.</summary>
    public void Backward() => layers.BackwardParametersInOrder(Loss!.Backward(), layers.All.Length - 1);

    /// <summary>From the latest loss all the way back: dL/d(input).</summary>
    public Matrix<T> BackwardToInput() => layers.BackwardInOrder(Loss!.Backward(), layers.All.Length - 1);

    /// <summary>Says where the first value that is not finite stands, in the input, the parameters or the outputs of a forward pass.</summary>
    public string FirstNonFinite(Matrix<T> input)
    {
        if (NonFiniteSearch<T>.Find(input) is { } inInput)
            return $"The first non-finite value is in the input: {inInput}.";

        // Once more through each layer by itself: not all outputs of the latest pass need have been in memory.
        var search = new NonFiniteSearch<T>(layers);
        using (layers.Observe(search))
            Scores(input);
        return search.Found is { } found
            ? $"The first non-finite value is in {found}."
            : $"All values up to the loss, layer {layers.All.Length - 1} {layers.All[^1].Describe()}, are finite.";
    }

    // A custom layer may bear the name of another kind: a registered kind counts only if it makes this type. The children first, because a composite's factory creates them.
    private static bool IsRegistered(ILayer<T> layer) =>
        layer.Children.All(IsRegistered) && LayerRegistry.Knows<T>(layer.Describe().Kind) && LayerRegistry.Create<T>(layer.Describe()).GetType() == layer.GetType();

    private static ILayer<T> CreateAgain(ILayer<T> layer)
    {
        ILayer<T> created = LayerRegistry.Create<T>(layer.Describe());
        CheckSameTypes(layer, created);
        return created;
    }

    private static void CheckSameTypes(ILayer<T> layer, ILayer<T> created)
    {
        if (created.GetType() != layer.GetType())
        {
            LayerDescription description = layer.Describe();
            throw new InvalidOperationException(
                $"The layer {description} is a {layer.GetType()}, but the kind {description.Kind} is registered for {created.GetType()}: let its Describe give a kind of its own, and register that.");
        }

        LayerDescription wanted = layer.Describe(), made = created.Describe();
        if (layer.Children.Count != created.Children.Count || !wanted.HasValuesOf(made))
            throw new InvalidOperationException($"The layer {wanted} was created again from its description as {made}, with other hyperparameters or children: what is registered for the kind {wanted.Kind} must use all that Describe gives.");
        foreach ((ILayer<T> child, ILayer<T> createdChild) in layer.Children.Zip(created.Children))
            CheckSameTypes(child, createdChild);
    }

    private void Name(Dictionary<object, string> names)
    {
        foreach (IGrouping<string, object> same in parameters.Concat<object>(states).GroupBy(owned => names[owned]))
        {
            if (same.Count() > 1)
                throw new ArgumentException($"{same.Count()} parameters or states have the name {same.Key}: names within a layer must differ.");
        }

        foreach (Parameter<T> parameter in parameters)
            parameter.Name = names[parameter];
        foreach (LayerState<T> state in states)
            state.Name = names[state];
    }

    private void Collect(ILayer<T> layer, string path, Dictionary<object, string> names)
    {
        foreach (Parameter<T> parameter in layer.Parameters)
        {
            if (!names.TryAdd(parameter, path + parameter.Name))
                throw new ArgumentException($"Layer {path.TrimEnd('.')} {layer.Describe()} has the parameter {names[parameter]} of another layer: a parameter stands in one layer, and a composite lists only its own.");
            parameters.Add(parameter);
        }

        foreach (LayerState<T> state in layer.States)
        {
            names[state] = path + state.Name;
            states.Add(state);
        }

        for (int i = 0; i < layer.Children.Count; i++)
            Collect(layer.Children[i], $"{path}{i}.", names);
    }
}
