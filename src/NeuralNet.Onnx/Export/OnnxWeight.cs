namespace NeuralNet.Onnx;

/// <summary>A parameter or state of a layer, its numbers to be read in float.</summary>
/// <param name="Name">Its name in the network.</param>
/// <param name="Shape">Its shape in PyTorch's order, which is ONNX's.</param>
/// <param name="Numbers">Reads the numbers, row by row.</param>
internal sealed record OnnxWeight(string Name, Shape Shape, Func<float[]> Numbers);
