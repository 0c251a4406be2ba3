using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// A chain and the buffers to run many rows through it in blocks, without training: what Predict, Loss and Accuracy work with, one for each thread at a time.
/// </summary>
internal sealed class Evaluator<T>(LayerChain<T> chain)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many rows pass at once. A block's activations stay in the processor's caches; results do not depend on it.</summary>
    public const int BlockRows = 1024;

    private readonly BatchBuffer<T> inputs = new();
    private readonly BatchBuffer<T> targets = new();

    public void Predict(Matrix<T> input, Matrix<T> output)
    {
        input = Dense.Of(input);
        for (int start = 0; start < input.RowCount; start += BlockRows)
        {
            int count = Math.Min(BlockRows, input.RowCount - start);
            Forward(input, start, count).View().CopyRows(0, output.View(), start, count);
        }
    }

    /// <summary>Samples one after another in memory, and outputs likewise.</summary>
    public void Predict(ReadOnlySpan<T> samples, Span<T> outputs, int outputSize)
    {
        int inputSize = chain.InputShape.Size;
        int total = samples.Length / inputSize;
        for (int start = 0; start < total; start += BlockRows)
        {
            int count = Math.Min(BlockRows, total - start);
            Matrix<T> input = inputs.For(count, inputSize);
            Transpose.ToColumns(samples.Slice(start * inputSize, count * inputSize), input.View());
            Transpose.ToRows(Dense.Of(Forward(input)).View(), outputs.Slice(start * outputSize, count * outputSize));
        }
    }

    /// <summary>Lets somebody look on while samples pass in one block.</summary>
    public TObserver Observe<TObserver>(Matrix<T> input, Func<LayerList<T>, TObserver> observe)
        where TObserver : IPassObserver<T>
    {
        TObserver observer = observe(chain.Layers);
        chain.Layers.Observe(observer);
        try
        {
            Forward(Dense.Of(input));
        }
        finally
        {
            chain.Layers.Observe(null);
        }

        return observer;
    }

    /// <summary>The sum of all rows' losses and what it is to be divided by: each block's loss counts as much as the loss layer says.</summary>
    /// <remarks>Who wants the predictions is shown those of each block, from the same pass, with their targets; they are overwritten afterwards.</remarks>
    public (double Sum, double Weight) Loss(Matrix<T> input, Targets<T> target, ReadOnlySpan<T> sampleWeights, Action<Matrix<T>, Matrix<T>>? see = null)
    {
        input = Dense.Of(input);
        double sum = 0, total = 0;
        chain.EnterStep(default);
        for (int start = 0; start < input.RowCount; start += BlockRows)
        {
            int count = Math.Min(BlockRows, input.RowCount - start);
            ReadOnlySpan<T> weights = sampleWeights.IsEmpty ? default : sampleWeights.Slice(start, count);
            Matrix<T> blockTarget = Target(target, start, count);
            double weight = chain.Loss!.TotalWeight(blockTarget, weights);
            if (weight == 0 && see is null)
                continue;

            Matrix<T> scores = chain.Scores(Dense.Rows(input, start, count, inputs));
            if (weight != 0)
            {
                sum += weight * chain.Loss.Forward(scores, blockTarget, weights);
                total += weight;
            }

            see?.Invoke(chain.Loss.Forward(scores), blockTarget);
        }

        return (sum, total);
    }

    /// <summary>How many rows get the class of their target.</summary>
    public int CountCorrect(Matrix<T> input, Targets<T> target)
    {
        input = Dense.Of(input);
        int correct = 0;
        for (int start = 0; start < input.RowCount; start += BlockRows)
        {
            int count = Math.Min(BlockRows, input.RowCount - start);
            MatrixSpan<T> predicted = Dense.Of(Forward(input, start, count)).View();
            MatrixSpan<T> expected = Target(target, start, count).View();
            for (int row = 0; row < count; row++)
            {
                int label = OneHot.Class(predicted, row);
                correct += label >= 0 && label == OneHot.Class(expected, row) ? 1 : 0;
            }
        }

        return correct;
    }

    private Matrix<T> Forward(Matrix<T> input, int start, int count) => Dense.Of(Forward(Dense.Rows(input, start, count, inputs)));

    private Matrix<T> Forward(Matrix<T> block)
    {
        chain.EnterStep(default);
        return chain.Forward(block);
    }

    private Matrix<T> Target(Targets<T> target, int start, int count) => target.Rows(start, count, chain.OutputShape.Size, targets);
}
