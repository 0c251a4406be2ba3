namespace NeuralNet.Onnx;

/// <summary>Losses as their heads: what a prediction makes of the scores.</summary>
internal static class LossExports
{
    public static Dictionary<string, Func<OnnxLayer, string>> All { get; } = new()
    {
        ["SoftmaxWithLoss"] = ActivationExports.Softmax,
        ["KullbackLeibler"] = ActivationExports.Softmax,
        ["Focal"] = ActivationExports.Softmax,
        ["SigmoidWithLoss"] = ActivationExports.Sigmoid,
        ["CrossEntropyError"] = layer => layer.Input,
        ["Hinge"] = layer => layer.Input,
        ["Huber"] = layer => layer.Input,
        ["MeanAbsoluteError"] = layer => layer.Input,
        ["MeanSquaredError"] = layer => layer.Input,
        ["SumSquaredError"] = layer => layer.Input,
    };
}
