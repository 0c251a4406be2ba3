using NeuralNet.Benchmarks;

namespace NeuralNet.Tests;

/// <summary>A model file, loaded into ONNX Runtime, that takes and gives samples of known shapes.</summary>
internal sealed class OnnxModel(string path, Shape input, Shape output) : IDisposable
{
    private readonly OnnxRuntimeSession session = new(OnnxRuntime.Library, path, "input", "output", threads: 1);

    public Matrix<float> Predict(Matrix<float> samples)
    {
        using OnnxRuntimeBinding binding = session.Bind(Batch(samples.RowCount, input), Batch(samples.RowCount, output));
        samples.ToRowMajorArray().CopyTo(binding.Input, 0);
        binding.Run();
        return Matrix<float>.Build.DenseOfRowMajor(samples.RowCount, output.Size, binding.Output);
    }

    public void Dispose() => session.Dispose();

    private static long[] Batch(int samples, Shape sample) => [samples, .. sample.Dimensions.ToArray()];
}
