namespace NeuralNet.Onnx;

/// <summary>Activations: functions of each number, and of a sample.</summary>
internal static class ActivationExports
{
    private const double Sixth = 1.0 / 6;

    public static Dictionary<string, Func<OnnxLayer, string>> All { get; } = new()
    {
        ["Identity"] = layer => layer.Input,
        ["Relu"] = layer => layer.Node("Relu", layer.Input).Output,
        ["LeakyRelu"] = layer => layer.Node("LeakyRelu", layer.Input).With("alpha", layer.Description.Get<double>("slope")).Output,
        ["PRelu"] = PRelu,
        ["Relu6"] = layer => layer.Node("Clip", layer.Input, layer.Number("min", 0), layer.Number("max", 6)).Output,
        ["Elu"] = layer => layer.Node("Elu", layer.Input).With("alpha", layer.Description.Get<double>("alpha")).Output,
        ["Selu"] = layer => layer.Node("Selu", layer.Input).Output,
        ["Gelu"] = layer => layer.Description.Get<bool>("approximate") ? GeluTanh(layer) : Gelu(layer),
        ["Silu"] = layer => layer.Node("Mul", layer.Input, layer.Node("Sigmoid", layer.Input).Output).Output,
        ["Softplus"] = Softplus,
        ["Sigmoid"] = Sigmoid,
        ["HardSigmoid"] = layer => layer.Node("HardSigmoid", layer.Input).With("alpha", Sixth).With("beta", 0.5).Output,
        ["HardSwish"] = layer => layer.Node("HardSwish", layer.Input).Output,
        ["Tanh"] = layer => layer.Node("Tanh", layer.Input).Output,
        ["Exp"] = layer => layer.Node("Exp", layer.Input).Output,
        ["Softmax"] = Softmax,
        ["LogSoftmax"] = layer => OverSamples(layer, "LogSoftmax"),
        ["Scale"] = Scale,
    };

    public static string Sigmoid(OnnxLayer layer) => layer.Node("Sigmoid", layer.Input).Output;

    public static string Softmax(OnnxLayer layer) => OverSamples(layer, "Softmax");

    // Over all numbers of a sample, whatever its shape.
    private static string OverSamples(OnnxLayer layer, string operation)
    {
        string y = layer.Node(operation, layer.FlatInput()).With("axis", 1).Output;
        return layer.OutputShape.Rank == 1 ? y : layer.Reshape(y, layer.OutputShape);
    }

    private static string PRelu(OnnxLayer layer) =>
        layer.Node("PRelu", layer.Input, layer.Weight("weight", layer.Description.Get<bool>("perChannel") ? layer.InputShape.BesideChannels() : null)).Output;

    // x/2·(1 + erf(x/√2))
    private static string Gelu(OnnxLayer layer)
    {
        string erf = layer.Node("Erf", layer.Node("Div", layer.Input, layer.Number("root2", Math.Sqrt(2))).Output).Output;
        return layer.Node("Mul", Half(layer), OnePlus(layer, erf)).Output;
    }

    // x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))
    private static string GeluTanh(OnnxLayer layer)
    {
        string cube = layer.Node("Pow", layer.Input, layer.Number("three", 3)).Output;
        string inner = layer.Node("Add", layer.Input, layer.Node("Mul", cube, layer.Number("cubic", 0.044715)).Output).Output;
        string tanh = layer.Node("Tanh", layer.Node("Mul", inner, layer.Number("factor", Math.Sqrt(2 / Math.PI))).Output).Output;
        return layer.Node("Mul", Half(layer), OnePlus(layer, tanh)).Output;
    }

    private static string Half(OnnxLayer layer) => layer.Node("Mul", layer.Input, layer.Number("half", 0.5)).Output;

    private static string OnePlus(OnnxLayer layer, string value) => layer.Node("Add", value, layer.Number("one", 1)).Output;

    // log(1 + e^(β·x)) / β, and x itself where β·x is above the threshold.
    private static string Softplus(OnnxLayer layer)
    {
        double beta = layer.Description.Get<double>("beta");
        string sharp = beta == 1 ? layer.Input : layer.Node("Mul", layer.Input, layer.Number("beta", beta)).Output;
        string y = layer.Node("Softplus", sharp).Output;
        if (beta != 1)
            y = layer.Node("Div", y, layer.Number("beta", beta)).Output;
        if (layer.Description.Values.All(value => value.Key != "threshold"))
            return y;
        string isAbove = layer.Node("Greater", sharp, layer.Number("threshold", layer.Description.Get<double>("threshold"))).Output;
        return layer.Node("Where", isAbove, layer.Input, y).Output;
    }

    private static string Scale(OnnxLayer layer)
    {
        double offset = layer.Description.Get<double>("offset");
        string y = layer.Node("Mul", layer.Input, layer.Number("factor", layer.Description.Get<double>("factor"))).Output;
        return offset == 0 ? y : layer.Node("Add", y, layer.Number("offset", offset)).Output;
    }
}
