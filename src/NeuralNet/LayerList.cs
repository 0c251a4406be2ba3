namespace NeuralNet;

/// <summary>
/// The layers of a network or of a composite: offers them initializers, builds them, tells them the step, carries batches through them and says where numbers broke.
/// They stand in order, each fed by the one before it, or side by side, all fed by one input.
/// </summary>
/// <param name="layers">The layers.</param>
/// <param name="ofComposite">Whether they are a composite's.</param>
internal sealed class LayerList<T>(ILayer<T>[] layers, bool ofComposite = true)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly string[] randomNames = RandomNames(layers);
    private readonly bool[] learns = new bool[layers.Length];
    private readonly Shape[] inputShapes = new Shape[layers.Length];
    private readonly Shape[] outputShapes = new Shape[layers.Length];
    private readonly int[] order = Order(layers);
    private IPassObserver<T>? observer;

    public ILayer<T>[] All => layers;

    /// <summary>The shape of one sample before each layer.</summary>
    public IReadOnlyList<Shape> InputShapes => inputShapes;

    /// <summary>The shape of one sample behind each layer.</summary>
    public IReadOnlyList<Shape> OutputShapes => outputShapes;

    /// <summary>The path of a layer, one of these or one within them, such as <c>2.0</c>, and the shape of one sample behind it; null if it is none of them.</summary>
    public (string Path, Shape OutputShape)? PlaceOf(ILayer<T> layer)
    {
        for (int i = 0; i < layers.Length; i++)
        {
            if (ReferenceEquals(layers[i], layer))
                return ($"{i}", outputShapes[i]);
            if ((layers[i] as IComposite<T>)?.Layers.PlaceOf(layer) is { } within)
                return within with { Path = $"{i}.{within.Path}" };
        }

        return null;
    }

    /// <summary>Offers each weight what the next activation behind it asks for, from the last layer to the first.</summary>
    /// <returns>What weights before the first layer are asked for; null if nothing asks.</returns>
    public IInitializer? OfferInitializersInOrder(IInitializer? behind)
    {
        for (int i = layers.Length - 1; i >= 0; i--)
            behind = OfferInitializers(layers[i], behind);
        return behind;
    }

    /// <summary>The same for layers side by side; what they ask for differently goes by the first.</summary>
    public IInitializer? OfferInitializersToEach(IInitializer? behind)
    {
        IInitializer? asked = null;
        foreach (ILayer<T> layer in layers)
            asked = OfferInitializers(layer, behind) is { } offer ? asked ?? offer : asked;
        return asked;
    }

    /// <summary>Builds all layers, each for the shape that the one before it gives.</summary>
    public Shape BuildInOrder(Shape inputShape, CounterRandom random)
    {
        Shape shape = inputShape;
        for (int i = 0; i < layers.Length; i++)
            shape = Build(i, shape, random, i == 0 ? null : i - 1);
        return shape;
    }

    /// <summary>Builds all layers for one shape.</summary>
    public IReadOnlyList<Shape> BuildEach(Shape inputShape, CounterRandom random)
    {
        for (int i = 0; i < layers.Length; i++)
            Build(i, inputShape, random, before: null);
        return outputShapes;
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

    /// <summary>Lets somebody look on in the coming passes, at these layers and at those within them, until what this returns is disposed of.</summary>
    public Observation Observe(IPassObserver<T> observer)
    {
        Show(observer);
        return new Observation(this);
    }

    /// <summary>Through the first layers in order.</summary>
    public Matrix<T> ForwardInOrder(Matrix<T> input, int count)
    {
        Matrix<T> x = input;
        for (int i = 0; i < count; i++)
            x = ForwardAtOnce(ref i, count, x) ?? Forward(Place(i), x);
        return x;
    }

    /// <summary>Back through the first layers, from the last of them: dL/d(input).</summary>
    public Matrix<T> BackwardInOrder(Matrix<T> gradient, int count, int downTo = 0)
    {
        for (int i = count - 1; i >= downTo; i--)
        {
            if (!IsDoneByPooling(i))
                gradient = Backward(Place(i), gradient);
        }

        return gradient;
    }

    /// <summary>Back through the first layers, from the last of them, only as far as there is something to learn.</summary>
    public void BackwardParametersInOrder(Matrix<T> gradient, int count)
    {
        int first = Array.IndexOf(learns, true, 0, count);
        if (first < 0)
            return;
        gradient = BackwardInOrder(gradient, count, first + 2);
        if (first == count - 1 || !TryBackwardParametersPooled(first, Place(first + 1), gradient))
            BackwardParameters(first, BackwardInOrder(gradient, Math.Min(count, first + 2), first + 1));
    }

    /// <summary>Through one layer.</summary>
    public Matrix<T> Forward(int index, Matrix<T> input)
    {
        Matrix<T> output = layers[index].Forward(input);
        Guard.LayerOutput(layers[index], input, outputShapes[index], output);
        observer?.SawForward(layers[index], input, output);
        return output;
    }

    /// <summary>Back through one layer: dL/d(input).</summary>
    public Matrix<T> Backward(int index, Matrix<T> outputGradient)
    {
        observer?.SawBackward(layers[index], outputGradient);
        return layers[index].Backward(outputGradient);
    }

    /// <summary>Back through one layer if it learns anything.</summary>
    public void BackwardParameters(int index, Matrix<T> outputGradient)
    {
        if (!learns[index])
            return;
        observer?.SawBackward(layers[index], outputGradient);
        layers[index].BackwardParameters(outputGradient);
    }

    private void Show(IPassObserver<T>? observer)
    {
        this.observer = observer;
        foreach (ILayer<T> layer in layers)
            (layer as IComposite<T>)?.Layers.Show(observer);
    }

    // Through several layers at once, where the first does the work of those behind it and nobody wants to see what is between them; null if it does not.
    private Matrix<T>? ForwardAtOnce(ref int place, int count, Matrix<T> input)
    {
        if (observer is not null || place + 1 == count)
            return null;
        Matrix<T>? output = null;
        int last = place + 1;
        if (layers[Place(place)] is IFeedsPooling<T> feeding && layers[Place(last)] is IPicksLargest<T> pooling)
        {
            last += IsRelu(last + 1, count) ? 1 : 0;
            output = feeding.ForwardPooled(input, pooling, rectifies: last > place + 1);
        }
        else if (layers[Place(place)] is IRectifiesOutput<T> rectifying && IsRelu(last, count))
        {
            output = rectifying.ForwardRectified(input);
        }

        if (output is null)
            return null;
        place = last;
        (layers[Place(last)] as Relu<T>)?.Take(output);
        return output;
    }

    // Whether a Relu stands at a place before the end.
    private bool IsRelu(int place, int count) => place < count && layers[Place(place)] is Relu<T>;

    // Whether the pooling before a Relu has done the Relu's work, and does it on the way back.
    private bool IsDoneByPooling(int place) => place > 0 && IsRelu(place, layers.Length) && layers[Place(place - 1)] is IPicksLargest<T> { IsRectified: true };

    // Back through the pooling behind a layer and to the layer's parameters at once, likewise.
    private bool TryBackwardParametersPooled(int index, int behind, Matrix<T> gradient) =>
        observer is null && layers[index] is IFeedsPooling<T> feeding && layers[behind] is IPicksLargest<T> pooling && feeding.TryBackwardParametersPooled(gradient, pooling);

    // Who looks on wants to see the layers in their own order.
    private int Place(int index) => observer is null ? order[index] : index;

    // The order in which passes go through layers that stand in order. What keeps the order of numbers, such as Relu, gives the same before and behind what picks the largest
    // of several, outputs and gradients to the bit; behind it has less to do.
    private static int[] Order(ILayer<T>[] layers)
    {
        int[] order = [.. Enumerable.Range(0, layers.Length)];
        for (int i = 0; i < layers.Length - 1; i++)
        {
            if (layers[i] is IKeepsOrder && layers[i + 1] is IPicksLargest<T>)
                (order[i], order[i + 1]) = (i + 1, i);
        }

        return order;
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

    private static IInitializer? OfferInitializers(ILayer<T> layer, IInitializer? behind)
    {
        if (layer is IComposite<T> composite)
            return composite.OfferInitializers(behind);
        if (layer is IActivation activation)
            behind = activation.FeedingInitializer;
        if (layer is not IWeighted weighted)
            return behind;
        if (behind is not null)
            weighted.UseDefaultInitializer(behind);
        return null;
    }

    private Shape Build(int index, Shape shape, CounterRandom random, int? before)
    {
        try
        {
            inputShapes[index] = shape;
            outputShapes[index] = layers[index].Build(shape, random.Split(randomNames[index])) ?? throw new ArgumentException("Its Build gave null; expected the shape of its output.");
            BuildLimit.TakeSample(outputShapes[index]);
        }
        catch (ArgumentException e)
        {
            string layer = ofComposite ? "Within it, layer" : "Layer";
            string source = before is { } i ? $"layer {i} {layers[i].Describe()} gives" : ofComposite ? "the input is" : "the network's input is";
            throw new ArgumentException($"{layer} {index} {layers[index].Describe()} does not fit: {source} {shape.ToSizeString()}. {e.Message}", e);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{(ofComposite ? "Within it, layer" : "Layer")} {index} {layers[index].Describe()}: {e.Message}", e);
        }

        learns[index] = layers[index].Learns();
        return outputShapes[index];
    }

    /// <summary>The time in which somebody looks on.</summary>
    public readonly struct Observation(LayerList<T> layers) : IDisposable
    {
        public void Dispose() => layers.Show(null);
    }
}
