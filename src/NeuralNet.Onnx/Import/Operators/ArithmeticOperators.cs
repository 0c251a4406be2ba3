namespace NeuralNet.Onnx;

/// <summary>Sums, products and powers: of data and constants, which scale it, and of data and data, which are branches that come together or parts of an activation or normalisation.</summary>
internal static class ArithmeticOperators<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const string OnlyParts = "of two computed values is supported as part of Silu, HardSwish, Gelu and normalisations alone";

    public static readonly Dictionary<string, Func<Operation<T>, Value<T>>> All = new()
    {
        ["Add"] = Add,
        ["Div"] = Div,
        ["Erf"] = operation => operation.Part(operation.Data().Layout, "is supported as part of Gelu alone", [operation.Data()]),
        ["Greater"] = Greater,
        ["Mul"] = Mul,
        ["Neg"] = operation => ScalingLayers<T>.Scale(operation, operation.Data(), -1, 0),
        ["Pow"] = Pow,
        ["Sqrt"] = operation => operation.Part(operation.Data().Layout, "is supported as part of a normalisation alone", [operation.Data()]),
        ["Sub"] = Sub,
        ["Sum"] = Add,
        ["Where"] = operation => ActivationPatterns<T>.SoftplusBelow(operation) ?? throw operation.Node.Refuse("is supported as part of a Softplus with a threshold alone"),
    };

    private static Value<T> Add(Operation<T> operation)
    {
        if (operation.Operands.Count != 2)
            throw operation.Node.Refuse($"adds {operation.Operands.Count} values; supported are two");
        if (Split(operation) is var (data, constant, _))
            return ScalingLayers<T>.Add(operation, data, constant, sign: 1);
        (Value<T> left, Value<T> right) = (operation.Data(0), operation.Data(1));
        return left.Layout.SameAs(right.Layout) && !left.IsIndex && !right.IsIndex
            ? operation.Graph.Create(left.Layout, new SumStep<T>(operation.Node, left, right))
            : throw operation.Node.Refuse($"adds samples of different shapes, {left.Layout} and {right.Layout}, which is not supported");
    }

    private static Value<T> Sub(Operation<T> operation)
    {
        if (Split(operation) is not var (data, constant, isConstantFirst))
            return Part(operation, "a difference");
        if (!isConstantFirst)
            return ScalingLayers<T>.Add(operation, data, constant, sign: -1);
        return constant.Scalar is { } number
            ? ScalingLayers<T>.Scale(operation, data, -1, number)
            : throw operation.Node.Refuse($"takes data from {constant}; supported is one number for all");
    }

    private static Value<T> Mul(Operation<T> operation)
    {
        if (Split(operation) is var (data, constant, _))
            return ScalingLayers<T>.Multiply(operation, data, constant, isDivision: false);
        return ActivationPatterns<T>.Find(operation, new ProductOf<T>(1, [operation.Data(0), operation.Data(1)])) ?? Part(operation, "a product");
    }

    private static Value<T> Div(Operation<T> operation)
    {
        if (Split(operation) is not var (data, constant, isConstantFirst))
            return LayerNormalizationPattern<T>.Find(operation) ?? Part(operation, "a quotient");
        return !isConstantFirst ? ScalingLayers<T>.Multiply(operation, data, constant, isDivision: true) : throw operation.Node.Refuse("divides a constant by data, which is not supported");
    }

    private static Value<T> Pow(Operation<T> operation) => operation.Scalar(1) is { } exponent
        ? operation.Part(operation.Data().Layout, $"to the power {exponent} is supported as part of Gelu and normalisations alone", [operation.Data()], trait: new Exponent(exponent))
        : throw operation.Node.Refuse("expects an exponent");

    private static Value<T> Greater(Operation<T> operation) => operation.Scalar(1) is { } threshold
        ? operation.Part(operation.Data().Layout, "is supported as part of a Softplus with a threshold alone", [operation.Data()], trait: new Threshold(threshold))
        : throw operation.Node.Refuse("expects a threshold");

    // Of the shape of the first: a mean beside it, with ones in its shape, is as the rest of its sample.
    private static Value<T> Part(Operation<T> operation, string what) => Broadcast.Join(operation.Data(0).Layout.Dimensions, operation.Data(1).Layout.Dimensions) is { } joined && Layout.Of(joined) is { } layout
        ? operation.Part(operation.Data(0).Layout.Size == layout.Size ? operation.Data(0).Layout : layout, $"stands alone: {what} {OnlyParts}", [operation.Data(0), operation.Data(1)])
        : throw operation.Node.Refuse($"joins {operation.Data(0).Layout} and {operation.Data(1).Layout}, which do not fit");

    // Data and a constant, in either order; null for data and data.
    private static (Value<T> Data, Tensor Constant, bool IsConstantFirst)? Split(Operation<T> operation)
    {
        if (operation.Operands.Count < 2)
            throw operation.Node.Refuse("expects two inputs");
        return (operation.Operands[0], operation.Operands[1]) switch
        {
            ({ Value: { } data }, { Constant: { } constant }) => (data, constant, false),
            ({ Constant: { } constant }, { Value: { } data }) => (data, constant, true),
            _ => null,
        };
    }
}
