namespace NeuralNet.Onnx;

/// <summary>Functions of single numbers, and of all scores of a sample.</summary>
internal static class ActivationOperators<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static readonly Dictionary<string, Func<Operation<T>, Value<T>>> All = new()
    {
        ["Clip"] = Clip,
        ["Elu"] = operation => Elementwise(operation, operation.Node.Number("alpha", 1), alpha => new Elu<T>(alpha)),
        ["Exp"] = operation => Elementwise(operation, () => new Exp<T>()),
        ["Gelu"] = Gelu,
        ["HardSigmoid"] = HardSigmoid,
        ["HardSwish"] = operation => Elementwise(operation, () => new HardSwish<T>()),
        ["LeakyRelu"] = operation => Elementwise(operation, operation.Node.Number("alpha", 0.01), slope => new LeakyRelu<T>(slope)),
        ["LogSoftmax"] = operation => OverScores(operation, () => new LogSoftmax<T>()),
        ["PRelu"] = PRelu,
        ["Relu"] = operation => Elementwise(operation, () => new Relu<T>()),
        ["Selu"] = Selu,
        ["Sigmoid"] = operation => Elementwise(operation, () => new Sigmoid<T>()),
        ["Softmax"] = operation => OverScores(operation, () => new Softmax<T>()),
        ["Softplus"] = operation => Elementwise(operation, () => new Softplus<T>()),
        ["Tanh"] = operation => Elementwise(operation, () => new Tanh<T>()),
    };

    private static Value<T> Elementwise(Operation<T> operation, Func<ILayer<T>> create, string? kind = null) =>
        operation.Layers(operation.Data(), operation.Data().Layout, chain => chain.Add(create()), kind);

    private static Value<T> Elementwise(Operation<T> operation, double number, Func<double, ILayer<T>> create) => Elementwise(operation, () => create(number));

    private static Value<T> Clip(Operation<T> operation)
    {
        bool isAttribute = operation.Node.Opset < 11;
        double? min = isAttribute ? operation.Node.Number("min", float.MinValue) : operation.Scalar(1);
        double? max = isAttribute ? operation.Node.Number("max", float.MaxValue) : operation.Scalar(2);
        (double low, double high) = (min ?? float.MinValue, max ?? float.MaxValue);
        if (low <= 0 && high == 6 && operation.Data().From("Relu") is { Inputs: [var rectified] })
            return operation.Layers(rectified, rectified.Layout, chain => chain.Add(new Relu6<T>()), "Relu6");
        return (low, high) switch
        {
            (0, 6) => Elementwise(operation, () => new Relu6<T>(), "Relu6"),
            (0, >= float.MaxValue) => Elementwise(operation, () => new Relu<T>(), "Relu"),
            ( <= float.MinValue, >= float.MaxValue) => operation.Data(),
            _ => throw operation.Node.Refuse($"clips to {low} … {high}; supported are 0 … 6 and 0 … infinity"),
        };
    }

    private static Value<T> Gelu(Operation<T> operation) => operation.Node.Text("approximate", "none") switch
    {
        "none" => Elementwise(operation, () => new Gelu<T>()),
        "tanh" => Elementwise(operation, () => new Gelu<T>(approximate: true)),
        var other => throw operation.Node.Refuse($"has the approximation {Excerpt.Quote(other)}; supported are 'none' and 'tanh'"),
    };

    private static Value<T> HardSigmoid(Operation<T> operation)
    {
        (double alpha, double beta) = (operation.Node.Number("alpha", 0.2), operation.Node.Number("beta", 0.5));
        return alpha.IsNear(1.0 / 6) && beta.IsNear(0.5)
            ? Elementwise(operation, () => new HardSigmoid<T>())
            : throw operation.Node.Refuse($"has the slope {alpha} and the offset {beta}; supported are 1/6 and 1/2");
    }

    private static Value<T> Selu(Operation<T> operation)
    {
        (double alpha, double gamma) = (operation.Node.Number("alpha", 1.6732632), operation.Node.Number("gamma", 1.0507010));
        return alpha.IsNear(1.6732632423543772) && gamma.IsNear(1.0507009873554805)
            ? Elementwise(operation, () => new Selu<T>())
            : throw operation.Node.Refuse($"has alpha {alpha} and gamma {gamma}; supported are 1.6732632 and 1.050701");
    }

    private static Value<T> PRelu(Operation<T> operation)
    {
        Value<T> data = operation.Data();
        Tensor slope = operation.RequiredConstant(1);
        double[] slopes = slope.Scalar is { } single ? [single] : ChannelNumbers.Of(slope, data.Layout) is { IsPerChannel: true } found
            ? found.Values
            : throw operation.Node.Refuse($"has the slopes {slope} for {data.Layout}; supported are one for all, or one for each channel");
        return operation.Layers(data, data.Layout, chain =>
        {
            chain.Reshape(data.Layout.Shape);
            slopes.CopyTo(chain.Add(new PRelu<T>(perChannel: slopes.Length > 1)).Weight.Value);
        });
    }

    // Up to version 12 of the operators the axis began the scores, from there on it is the scores: for a flat sample the same.
    private static Value<T> OverScores(Operation<T> operation, Func<ILayer<T>> create)
    {
        Layout layout = operation.Data().Layout;
        int axis = Axes.Index(operation.Node, operation.Node.Integer("axis", operation.Node.Opset < 13 ? 1 : -1), layout.Dimensions.Length + 1);
        return axis > 0 && layout.Dimensions[axis - 1] == layout.Size
            ? Elementwise(operation, create)
            : throw operation.Node.Refuse($"is along axis {axis} of {layout}; supported is all of a flat sample");
    }
}
