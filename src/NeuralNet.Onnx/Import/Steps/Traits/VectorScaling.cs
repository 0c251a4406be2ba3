namespace NeuralNet.Onnx;

/// <summary>It is <c>(x - offset)·factor</c>, with numbers for each channel or feature.</summary>
internal sealed record VectorScaling(double[] Offsets, double[] Factors) : ITrait;
