namespace NeuralNet.Onnx;

/// <summary>It is <c>factor·x + offset</c>, with the same numbers everywhere.</summary>
internal sealed record Scaling(double Factor, double Offset) : ITrait;
