namespace NeuralNet.Onnx;

/// <summary>It puts rows and columns of zeros around an image.</summary>
internal sealed record ZeroPadding(int Top, int Left, int Bottom, int Right) : ITrait;
