using BenchmarkDotNet.Attributes;
using NeuralNet.Kernels;

namespace NeuralNet.Benchmarks;

/// <summary>The three products of an affine layer, in the sizes of a batch of 100 and of a wide layer, on one thread and on two.</summary>
[MemoryDiagnoser]
public class GemmBenchmarks
{
    private float[] x = [], weight = [], bias = [], y = [], inputGradient = [], weightGradient = [];

    [Params("100x784x50", "100x784x100", "128x512x512")]
    public string Size { get; set; } = string.Empty;

    [Params(1, 2)]
    public int Threads { get; set; }

    private int Batch { get; set; }

    private int In { get; set; }

    private int Out { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        int[] sizes = [.. Size.Split('x').Select(int.Parse)];
        (Batch, In, Out) = (sizes[0], sizes[1], sizes[2]);
        x = Sample.Centred<float>(Batch, In, start: 0);
        weight = Sample.Centred<float>(In, Out, start: 1 << 20);
        bias = Sample.Centred<float>(1, Out, start: 2 << 20);
        y = Sample.Centred<float>(Batch, Out, start: 3 << 20);
        inputGradient = new float[x.Length];
        weightGradient = new float[weight.Length];
    }

    [Benchmark(Description = "y = x·W + b")]
    public void Multiply()
    {
        using ThreadLimit.Scope limit = ThreadLimit.Enter(Threads);
        Gemm.Multiply(new(x, Batch, In), new(weight, In, Out), bias, new MatrixSpan<float>(y, Batch, Out));
    }

    [Benchmark(Description = "dW = xᵀ·dy")]
    public void TransposeMultiply()
    {
        using ThreadLimit.Scope limit = ThreadLimit.Enter(Threads);
        Gemm.TransposeMultiply(new(x, Batch, In), new(y, Batch, Out), new MatrixSpan<float>(weightGradient, In, Out));
    }

    [Benchmark(Description = "dx = dy·Wᵀ")]
    public void MultiplyTranspose()
    {
        using ThreadLimit.Scope limit = ThreadLimit.Enter(Threads);
        Gemm.MultiplyTranspose(new(y, Batch, Out), new(weight, In, Out), new MatrixSpan<float>(inputGradient, Batch, In));
    }
}
