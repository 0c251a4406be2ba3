namespace NeuralNet;

/// <summary>Looks for the first number of a pass that is NaN or infinite, in the order in which the numbers came to be.</summary>
internal static class NonFinite
{
    /// <summary>Where it stands, what stands there, and how it came to be; null if all are finite.</summary>
    public static (string Where, string What, string Origin)? First<T>(Pass<T> pass)
        where T : unmanaged, IFloatingPointIeee754<T> => Forward(pass) ?? Backward(pass);

    private static (string Where, string What, string Origin)? Forward<T>(Pass<T> pass)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Find(pass.Input) is { } inInput)
            return ("input", inInput, "It came with the data.");
        foreach (LayerPass<T> layer in pass.Finished)
        {
            foreach (Parameter<T> parameter in layer.Parameters)
            {
                if (Find(parameter.Value) is { } inParameter)
                    return (parameter.Name, inParameter, "The weights were spoilt before this pass: by an earlier update, or by what they were loaded or initialised from.");
            }

            if (Find(layer.Output) is { } inOutput)
                return (layer.Name, inOutput, "It was made here: the layer's input and parameters are all finite, its output is not.");
        }

        if (Find(pass.Target) is { } inTarget)
            return ("target", inTarget, "It came with the data.");
        return double.IsFinite(pass.Loss)
            ? null
            : ($"layer {pass.LossPath} {pass.LossLayer.Describe()}", $"the loss is {Guard.Number(pass.Loss)}", "It was made here: the scores and the targets are all finite, the loss is not.");
    }

    private static (string Where, string What, string Origin)? Backward<T>(Pass<T> pass)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Find(pass.LossGradient) is { } inLoss)
            return ($"layer {pass.LossPath} {pass.LossLayer.Describe()}", $"{inLoss} of its gradient", "All values are finite, but the derivative of the loss is not.");
        for (int i = pass.Layers.Count - 1; i >= 0; i--)
        {
            LayerPass<T> layer = pass.Layers[i];
            if (layer.OutputGradient is { } gradient && Find(gradient) is { } inGradient)
                return ($"behind {layer.Name}", $"{inGradient} of the gradient", "All values are finite, but the backward pass of the layer behind this one gave a gradient that is not.");
            foreach (Parameter<T> parameter in layer.Parameters)
            {
                if (Find(parameter.Gradient) is { } inParameter)
                    return (parameter.Name, $"{inParameter} of its gradient", "All values are finite, but this gradient is not: the next update spoils the parameter.");
            }
        }

        return null;
    }

    private static string? Find<T>(Matrix<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T> => NonFiniteSearch<T>.Find(matrix);
}
