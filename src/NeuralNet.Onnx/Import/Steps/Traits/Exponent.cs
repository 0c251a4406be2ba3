namespace NeuralNet.Onnx;

/// <summary>It is a power of so much.</summary>
internal sealed record Exponent(double Value) : ITrait;
