using System.Runtime.InteropServices;

namespace NeuralNet.Benchmarks;

/// <summary>A loaded model with its input and output bound to arrays.</summary>
internal sealed class OnnxRuntimeSession
{
    private readonly OnnxRuntimeLibrary library;
    private readonly nint session, input, output;
    private readonly nint inputName = Marshal.StringToCoTaskMemUTF8("x"), outputName = Marshal.StringToCoTaskMemUTF8("y");

    public OnnxRuntimeSession(OnnxRuntimeLibrary library, string model, int batch, int inputSize, int outputSize, int threads)
    {
        this.library = library;
        Input = GC.AllocateArray<float>(batch * inputSize, pinned: true);
        Output = GC.AllocateArray<float>(batch * outputSize, pinned: true);
        session = library.CreateSession(model, threads);
        input = library.CreateTensor(Input, batch, inputSize);
        output = library.CreateTensor(Output, batch, outputSize);
    }

    public float[] Input { get; }

    public float[] Output { get; }

    public void Run() => library.Run(session, inputName, input, outputName, output);
}
