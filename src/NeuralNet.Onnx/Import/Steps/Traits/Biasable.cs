namespace NeuralNet.Onnx;

/// <summary>It has no bias yet, and can have one of so many numbers.</summary>
internal sealed record Biasable<T>(int Count, Func<double[], Action<ChainBuilder<T>>> WithBias) : ITrait
    where T : unmanaged, IFloatingPointIeee754<T>;
