using NeuralNet.Onnx;

namespace NeuralNet.Samples.Serve;

/// <summary>A network from a file, whatever its format.</summary>
internal static class ModelFile
{
    public static Network<float> Load(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".ONNX" => OnnxFile.Load<float>(path),
        _ => Network.Load<float>(path),
    };
}
