namespace NeuralNet.Onnx;

/// <summary>A network from the steps of a graph: chains of layers, with a <see cref="Residual{T}"/> where two branches are summed and a <see cref="Concat{T}"/> where several are joined.</summary>
internal sealed class NetworkAssembly<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Deeper than any network that people draw, and far from the end of the stack.
    private const int MaxNesting = 64;

    private readonly DominatorTree<T> dominators;
    private readonly HashSet<Step<T>> placed = [];

    private NetworkAssembly(IEnumerable<Value<T>> values) => dominators = new DominatorTree<T>(values);

    public static Network<T> Build(ModelGraph graph, Value<T> output, ILossLayer<T>? loss, long? seed)
    {
        List<Value<T>> values = Reachable(output);
        Value<T> input = values[0];
        var chain = new ChainBuilder<T>(input.Layout.Shape);
        new NetworkAssembly<T>(values).Append(chain, input, output, nesting: 0);
        if (output.Layout is { IsReordered: true, HasChannelsLast: false })
            throw new InvalidDataException($"The graph's output {Excerpt.Quote(graph.Output)} is a flattened image with its channels last, which no layer makes of one with its channels first.");
        chain.Reshape(output.Layout.Shape);
        try
        {
            return new Network<T>(input.Layout.Shape, LossHead.Replace(chain.Layers, loss), seed);
        }
        catch (ArgumentException e) when (loss is null)
        {
            throw new InvalidDataException($"The layers of the graph make no network: {e.Message}", e);
        }
    }

    // All that the output is made of, in order; without recursion, because a graph may be as deep as it is long.
    private static List<Value<T>> Reachable(Value<T> output)
    {
        var found = new HashSet<Value<T>> { output };
        var open = new Stack<Value<T>>([output]);
        while (open.TryPop(out Value<T>? value))
        {
            foreach (Value<T> input in value.Producer?.Inputs ?? [])
            {
                if (found.Add(input))
                    open.Push(input);
            }
        }

        return [.. found.OrderBy(value => value.Index)];
    }

    // The layers from one value to another that lies behind it on every way.
    private void Append(ChainBuilder<T> chain, Value<T> start, Value<T> end, int nesting)
    {
        var steps = new Stack<(Step<T> Step, Value<T> Start, Value<T> End)>();
        while (end != start)
        {
            Step<T> step = end.Producer!;
            Value<T> before = step.Inputs is [var single] ? single : dominators.Of(end);
            if (!placed.Add(step))
                throw step.Node.Refuse("is read by branches that do not come together in one sum or concatenation; supported are chains, and branches from one place that are summed or joined at another");
            steps.Push((step, before, end));
            end = before;
        }

        foreach ((Step<T> step, Value<T> from, Value<T> to) in steps)
            Append(chain, step, from, to, nesting);
    }

    private void Append(ChainBuilder<T> chain, Step<T> step, Value<T> start, Value<T> end, int nesting)
    {
        if (step is not LayerStep<T> && nesting == MaxNesting)
            throw step.Node.Refuse($"stands within {MaxNesting} sums and concatenations that nest; that is the most that is supported");
        switch (step)
        {
            case LayerStep<T> layer:
                layer.AddTo(chain);
                break;
            case SumStep<T> sum:
                chain.Add(Sum(Array.ConvertAll(sum.Inputs, input => Branch(chain.Shape, start, input, end.Layout.Shape, nesting))), end.Layout.Shape);
                break;
            case ConcatStep<T> concat:
                chain.Add(new Concat<T>(concat.Inputs.Select((input, i) => Branch(chain.Shape, start, input, concat.Shapes[i], nesting).ToLayer()).ToArray()), Joined(concat.Shapes));
                chain.Reshape(end.Layout.Shape);
                break;
            case PartStep<T> part:
                throw part.Refuse();
        }
    }

    private ChainBuilder<T> Branch(Shape shape, Value<T> start, Value<T> end, Shape endShape, int nesting)
    {
        var branch = new ChainBuilder<T>(shape);
        Append(branch, start, end, nesting + 1);
        branch.Reshape(endShape);
        return branch;
    }

    private static ILayer<T> Sum(ChainBuilder<T>[] branches) => (branches[0].Layers.Count, branches[1].Layers.Count) switch
    {
        (0, 0) => new Scale<T>(2),
        (0, _) => new Residual<T>(branches[1].ToLayer()),
        (_, 0) => new Residual<T>(branches[0].ToLayer()),
        _ => new Residual<T>(branches[0].ToLayer(), branches[1].ToLayer()),
    };

    private static Shape Joined(Shape[] shapes) => new([(int)Math.Min(int.MaxValue, shapes.Sum(shape => (long)shape[0])), .. shapes[0].Dimensions[1..]]);
}
