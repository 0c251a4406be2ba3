namespace NeuralNet.Samples.Serve;

/// <summary>A network from a file, whatever its format.</summary>
internal static class ModelFile
{
    public static Network<float> Load(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".ONNX" => throw new InvalidDataException($"{path}: expected a network in a safetensors file, found an ONNX model, which this server does not read yet."),
        _ => Network.Load<float>(path),
    };
}
