namespace NeuralNet.Onnx;

/// <summary>For each data of a graph, the last that every way from the input to it goes through: where the branches that it is joined of began.</summary>
internal sealed class DominatorTree<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<Value<T>, Place> places = [];

    /// <param name="values">All data, the graph's input first, each behind what it is made of.</param>
    public DominatorTree(IEnumerable<Value<T>> values)
    {
        foreach (Value<T> value in values)
        {
            Place? parent = null;
            foreach (Value<T> input in value.Producer?.Inputs ?? [])
                parent = parent is null ? places[input] : Common(parent, places[input]);
            places.Add(value, new Place(value, parent));
        }
    }

    /// <summary>The last data that every way to this one goes through.</summary>
    public Value<T> Of(Value<T> value) => places[value].Parent!.Value;

    // The lowest common ancestor, in steps as many as the logarithm of the depth: a file may be deep and have many joins.
    private static Place Common(Place a, Place b)
    {
        (Place deep, Place other) = a.Depth >= b.Depth ? (a, b) : (b, a);
        while (deep.Depth > other.Depth)
            deep = deep.Jump.Depth >= other.Depth ? deep.Jump : deep.Parent!;
        while (deep != other)
            (deep, other) = deep.Jump != other.Jump ? (deep.Jump, other.Jump) : (deep.Parent!, other.Parent!);
        return deep;
    }

    // Besides its parent, each place knows one ancestor farther up (Myers, 1983, An applicative random-access stack).
    private sealed class Place
    {
        public Place(Value<T> value, Place? parent)
        {
            (Value, Parent, Depth) = (value, parent, parent is null ? 0 : parent.Depth + 1);
            Jump = parent is null ? this : parent.Depth - parent.Jump.Depth == parent.Jump.Depth - parent.Jump.Jump.Depth ? parent.Jump.Jump : parent;
        }

        public Value<T> Value { get; }

        public Place? Parent { get; }

        public Place Jump { get; }

        public int Depth { get; }
    }
}
