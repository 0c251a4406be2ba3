using BenchmarkDotNet.Attributes;
using NeuralNet.Kernels;

namespace NeuralNet.Benchmarks;

/// <summary>Softmax and cross-entropy over the scores of a batch.</summary>
[MemoryDiagnoser]
public class SoftmaxBenchmarks
{
    private float[] scores = [], powers = [], targets = [], gradient = [], maxima = [], logSums = [], losses = [], scales = [];

    private LogLikelihoodOperator<float>[] operators = [];

    [Params(100)]
    public int Batch { get; set; }

    [Params(10, 1000)]
    public int Classes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        scores = Sample.Centred<float>(Batch, Classes, start: 0);
        (powers, targets, gradient) = (new float[scores.Length], new float[scores.Length], new float[scores.Length]);
        (maxima, logSums, losses, scales) = (new float[Batch], new float[Batch], new float[Batch], new float[Batch]);
        operators = [.. Enumerable.Repeat(new LogLikelihoodOperator<float>(1, 1, 0), Classes)];
        int[] labels = Sample.Labels(Batch, Classes);
        for (int row = 0; row < Batch; row++)
            targets[(labels[row] * Batch) + row] = 1;
        Array.Fill(scales, 1f / Batch);
    }

    [Benchmark]
    public void Forward() => SoftmaxKernel.Forward(View(scores), View(powers), maxima, logSums);

    [Benchmark]
    public void ForwardAndCrossEntropy()
    {
        SoftmaxKernel.Forward(View(scores), View(powers), maxima, logSums);
        SoftmaxLoss.Forward(operators, View(scores), View(targets), maxima, logSums, losses);
        SoftmaxLoss.Backward(operators, View(scores), View(powers), View(targets), maxima, logSums, scales, View(gradient));
    }

    private MatrixSpan<float> View(float[] values) => new(values, Batch, Classes);
}
