namespace NeuralNet.Onnx;

/// <summary>An input of a node: a constant, data, or neither where it is left out.</summary>
internal readonly record struct Operand<T>(Tensor? Constant, Value<T>? Value)
    where T : unmanaged, IFloatingPointIeee754<T>;
