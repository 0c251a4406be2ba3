namespace NeuralNet.Onnx;

/// <summary>A loss behind layers that may end in what the loss itself makes of scores.</summary>
internal static class LossHead
{
    /// <summary>The layers with the loss last, in place of a head of its own; without a loss as they are.</summary>
    public static IEnumerable<ILayer<T>> Replace<T>(IReadOnlyList<ILayer<T>> layers, ILossLayer<T>? loss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (loss is null)
            return layers.Count > 0 ? layers : [new Identity<T>()];
        bool isHead = (loss, layers.Count > 0 ? layers[^1] : null) is
            (SoftmaxWithLoss<T> or Focal<T> or KullbackLeibler<T>, Softmax<T> or LogSoftmax<T>) or (SigmoidWithLoss<T>, Sigmoid<T>);
        return [.. layers.Take(layers.Count - (isHead ? 1 : 0)), loss];
    }
}
