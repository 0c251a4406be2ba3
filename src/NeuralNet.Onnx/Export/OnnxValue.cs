namespace NeuralNet.Onnx;

/// <summary>What flows between layers in an ONNX graph: <c>[N, ...]</c>.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Shape">The shape of one sample.</param>
internal readonly record struct OnnxValue(string Name, Shape Shape);
