namespace NeuralNet.Onnx;

/// <summary>It is a softplus that bends so sharply.</summary>
internal sealed record Sharpness(double Beta) : ITrait;
