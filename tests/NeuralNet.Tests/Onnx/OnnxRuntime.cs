using NeuralNet.Benchmarks;

namespace NeuralNet.Tests;

/// <summary>ONNX Runtime, in this process, which shares nothing with the library; tests that need it skip, visibly, where it is not.</summary>
internal static class OnnxRuntime
{
    private static readonly Lazy<OnnxRuntimeLibrary> Loaded = new(() => new OnnxRuntimeLibrary(Path!));

    public static string? Path { get; } = OnnxRuntimeLibrary.Find();

    public static OnnxRuntimeLibrary Library => Loaded.Value;
}

/// <summary>A test that runs models in ONNX Runtime.</summary>
internal sealed class OnnxRuntimeFactAttribute : FactAttribute
{
    public OnnxRuntimeFactAttribute() => Skip = OnnxRuntimeTheoryAttribute.Reason;
}

/// <summary>Tests that run models in ONNX Runtime.</summary>
internal sealed class OnnxRuntimeTheoryAttribute : TheoryAttribute
{
    public OnnxRuntimeTheoryAttribute() => Skip = Reason;

    public static string? Reason { get; } = OnnxRuntime.Path is not null
        ? null
        : "onnxruntime-node (npm install --ignore-scripts onnxruntime-node@1.30.0) is neither where ONNXRUNTIME_NODE or NODE_PATH say nor in a node_modules around the tests.";
}
