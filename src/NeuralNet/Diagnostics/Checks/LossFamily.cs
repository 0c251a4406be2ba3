namespace NeuralNet;

/// <summary>What losses have in common, for the checks.</summary>
internal static class LossFamily
{
    /// <summary>Losses whose target is one of several classes, or a distribution over them.</summary>
    public static bool TakesDistributions<T>(ILossLayer<T>? loss)
        where T : unmanaged, IFloatingPointIeee754<T> => HasSoftmax(loss) || loss is CrossEntropyError<T> or Hinge<T>;

    /// <summary>Losses that contain a softmax.</summary>
    public static bool HasSoftmax<T>(ILossLayer<T>? loss)
        where T : unmanaged, IFloatingPointIeee754<T> => loss is SoftmaxWithLoss<T> or Focal<T> or KullbackLeibler<T>;

    /// <summary>Losses that compare outputs and targets as numbers.</summary>
    public static bool ComparesNumbers<T>(ILossLayer<T>? loss)
        where T : unmanaged, IFloatingPointIeee754<T> => loss is MeanSquaredError<T> or SumSquaredError<T> or MeanAbsoluteError<T> or Huber<T>;
}
