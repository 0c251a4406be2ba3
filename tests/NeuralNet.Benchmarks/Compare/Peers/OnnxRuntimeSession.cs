using System.Runtime.InteropServices;

namespace NeuralNet.Benchmarks;

/// <summary>A loaded model with one input and one output.</summary>
internal sealed class OnnxRuntimeSession(OnnxRuntimeLibrary library, string model, string inputName, string outputName, int threads) : IDisposable
{
    private readonly nint session = library.CreateSession(model, threads);
    private readonly nint input = Marshal.StringToCoTaskMemUTF8(inputName), output = Marshal.StringToCoTaskMemUTF8(outputName);

    /// <summary>Binds the input and the output to arrays of their shapes.</summary>
    public OnnxRuntimeBinding Bind(ReadOnlySpan<long> inputShape, ReadOnlySpan<long> outputShape) => new(library, inputShape, outputShape, (x, y) => library.Run(session, input, x, output, y));

    public void Dispose()
    {
        library.ReleaseSession(session);
        Marshal.FreeCoTaskMem(input);
        Marshal.FreeCoTaskMem(output);
    }
}
