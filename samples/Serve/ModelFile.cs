using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Onnx;

namespace NeuralNet.Samples.Serve;

/// <summary>A network from a file: ONNX if its name ends so, else safetensors.</summary>
internal static class ModelFile
{
    /// <summary>Reads a network all of whose numbers are finite: whatever else came out would be put down to those who ask.</summary>
    public static Network<float> Load(string path, bool softmaxHead)
    {
        bool isOnnx = Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase);
        if (softmaxHead && !isOnnx)
            throw new InvalidDataException($"--head softmax expects an ONNX file, found {path}: a saved network has the head that it was trained with.");

        Network<float> network = isOnnx ? LoadOnnx(path, softmaxHead) : Network.Load<float>(path);
        foreach ((string name, Matrix<float> value) in network.Parameters.Select(it => (it.Name, it.Value)).Concat(network.States.Select(it => (it.Name, it.Value))))
        {
            if (!Array.TrueForAll(value.AsColumnMajorArray(), float.IsFinite))
                throw new InvalidDataException($"{path}: {name} expects finite numbers, found NaN or infinity.");
        }

        return network;
    }

    private static Network<float> LoadOnnx(string path, bool softmaxHead)
    {
        Network<float> network = OnnxFile.Load<float>(path, softmaxHead ? new SoftmaxWithLoss<float>() : null);

        // Of logarithms of probabilities a softmax makes the probabilities.
        return network.Layers[^1] is LogSoftmax<float> ? OnnxFile.Load<float>(path, new SoftmaxWithLoss<float>()) : network;
    }
}
