namespace NeuralNet.Benchmarks;

/// <summary>Arrays that a model reads and writes, row after row.</summary>
internal sealed class OnnxRuntimeBinding : IDisposable
{
    private readonly OnnxRuntimeLibrary library;
    private readonly Action<nint, nint> run;
    private readonly nint input, output;

    public OnnxRuntimeBinding(OnnxRuntimeLibrary library, ReadOnlySpan<long> inputShape, ReadOnlySpan<long> outputShape, Action<nint, nint> run)
    {
        (this.library, this.run) = (library, run);
        (Input, Output) = (Pinned(inputShape), Pinned(outputShape));
        (input, output) = (library.CreateTensor(Input, inputShape), library.CreateTensor(Output, outputShape));
    }

    public float[] Input { get; }

    public float[] Output { get; }

    public void Run() => run(input, output);

    public void Dispose()
    {
        library.ReleaseTensor(input);
        library.ReleaseTensor(output);
    }

    private static float[] Pinned(ReadOnlySpan<long> shape)
    {
        long size = 1;
        foreach (long dimension in shape)
            size *= dimension;
        return GC.AllocateArray<float>(checked((int)size), pinned: true);
    }
}
