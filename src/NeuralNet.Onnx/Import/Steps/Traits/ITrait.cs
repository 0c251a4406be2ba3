namespace NeuralNet.Onnx;

/// <summary>What is known of a step for what may follow it.</summary>
internal interface ITrait;
