namespace NeuralNet.Onnx;

/// <summary>It says where its input is greater than a number.</summary>
internal sealed record Threshold(double Value) : ITrait;
