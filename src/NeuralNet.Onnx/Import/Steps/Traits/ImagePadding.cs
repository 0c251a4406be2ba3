namespace NeuralNet.Onnx;

/// <summary>It puts rows and columns around an image, of zeros or of what is the largest of nothing.</summary>
internal sealed record ImagePadding(int Top, int Left, int Bottom, int Right, bool IsZero) : ITrait;
