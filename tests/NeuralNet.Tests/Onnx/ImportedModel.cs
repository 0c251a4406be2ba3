using System.Text.Json;
using NeuralNet.Onnx;

namespace NeuralNet.Tests;

/// <summary>A model that PyTorch exported, or that is written as Keras' are, with inputs and what PyTorch computes for them; see Golden/make_onnx.py.</summary>
/// <param name="Name">Its name, and that of its file.</param>
internal sealed record ImportedModel(string Name)
{
    private JsonElement Row => GoldenFile.Row("onnx", Name);

    public static IEnumerable<string> Names => GoldenFile.Names("onnx");

    public string Path => PathOf(Name);

    public Matrix<double> Input => Row.Matrix("input");

    /// <summary>What PyTorch computes for all samples.</summary>
    public Matrix<double> Output => Row.Matrix("output");

    /// <summary>What it computes for the first alone.</summary>
    public Matrix<double> Single => Row.Matrix("single");

    public int[] OutputShape => [.. Row.GetProperty("outputShape").EnumerateArray().Select(dimension => dimension.GetInt32())];

    public Network<T> Load<T>(ILossLayer<T>? loss = null)
        where T : unmanaged, IFloatingPointIeee754<T> => OnnxFile.Load(Path, loss, seed: 1);

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    private static string PathOf(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Golden", "onnx", name + ".onnx");
}
