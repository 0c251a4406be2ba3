namespace NeuralNet.Onnx;

/// <summary>It is a normalisation that may get a weight and then a bias of so many numbers.</summary>
internal sealed record Normalizing<T>(int Count, double[]? Weight, Func<double[]?, double[]?, Action<ChainBuilder<T>>> With) : ITrait
    where T : unmanaged, IFloatingPointIeee754<T>;
