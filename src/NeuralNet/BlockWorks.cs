namespace NeuralNet;

/// <summary>The outputs of a matrix's rows.</summary>
internal readonly struct MatrixPrediction<T>(Matrix<T> input, Matrix<T> output) : IBlockWork<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public void Do(Evaluator<T> evaluator, int start, int count) => evaluator.Predict(input, start, count, output);
}

/// <summary>The outputs of samples that lie one after another, which then do so too.</summary>
internal readonly ref struct SamplePrediction<T>(ReadOnlySpan<T> samples, int inputSize, Span<T> outputs, int outputSize) : IBlockWork<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<T> samples = samples;
    private readonly Span<T> outputs = outputs;

    public void Do(Evaluator<T> evaluator, int start, int count) =>
        evaluator.Predict(samples.Slice(start * inputSize, count * inputSize), count, outputs.Slice(start * outputSize, count * outputSize));
}

/// <summary>How many rows get the class of their target.</summary>
internal readonly ref struct CorrectCount<T>(Matrix<T> input, Targets<T> target, ref int correct) : IBlockWork<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Targets<T> target = target;
    private readonly ref int correct = ref correct;

    public void Do(Evaluator<T> evaluator, int start, int count) => Interlocked.Add(ref correct, evaluator.CountCorrect(input, target, start, count));
}
