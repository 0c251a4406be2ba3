namespace NeuralNet.Onnx;

/// <summary>It normalises so many channels, each by itself, with weights of 1 and biases of 0.</summary>
internal sealed record PlainInstances(int Channels, double Epsilon) : ITrait;
