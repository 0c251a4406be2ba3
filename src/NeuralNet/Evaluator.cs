using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// A chain and the buffers to run rows through it without training: what Predict, Loss and Accuracy work with, one for each thread at a time.
/// </summary>
internal sealed class Evaluator<T>(LayerChain<T> chain)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many rows a loss is reduced over at once, or as many as <see cref="MostBytes"/> lets be: its bits depend on it.</summary>
    public const int LossRows = 1024;

    /// <summary>The most bytes of a layer's input and output: only large images reach them with fewer than <see cref="LossRows"/>.</summary>
    public const long MostBytes = 256 << 20;

    private readonly int lossRows = Math.Min(LossRows, chain.SamplesWithin(MostBytes));
    private readonly BatchBuffer<T> inputs = new();
    private readonly BatchBuffer<T> targets = new();

    /// <summary>Some rows of the input, into the same rows of the output.</summary>
    public void Predict(Matrix<T> input, int start, int count, Matrix<T> output) =>
        Forward(input, start, count).View().CopyRows(0, output.View(), start, count);

    /// <summary>Samples one after another in memory, and outputs likewise.</summary>
    public void Predict(ReadOnlySpan<T> samples, int count, Span<T> outputs)
    {
        Matrix<T> input = inputs.For(count, chain.InputShape.Size);
        Transpose.ToColumns(samples, input.View());
        Transpose.ToRows(Dense.Of(Forward(input)).View(), outputs);
    }

    /// <summary>Lets somebody look on while samples pass in one block.</summary>
    public TObserver Observe<TObserver>(Matrix<T> input, Func<LayerList<T>, TObserver> observe)
        where TObserver : IPassObserver<T>
    {
        TObserver observer = observe(chain.Layers);
        using (chain.Layers.Observe(observer))
            Forward(Dense.Of(input));
        return observer;
    }

    /// <summary>The sum of all rows' losses and what it is to be divided by: each block's loss counts as much as the loss layer says.</summary>
    /// <remarks>Who wants the predictions is shown those of each block, from the same pass, with their targets; they are overwritten afterwards.</remarks>
    public (double Sum, double Weight) Loss(Matrix<T> input, Targets<T> target, ReadOnlySpan<T> sampleWeights, Action<Matrix<T>, Matrix<T>>? see = null)
    {
        input = Dense.Of(input);
        double sum = 0, total = 0;
        chain.EnterStep(default);
        for (int start = 0, count; start < input.RowCount; start += count)
        {
            count = Math.Min(lossRows, input.RowCount - start);
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

    /// <summary>How many of some rows get the class of their target.</summary>
    public int CountCorrect(Matrix<T> input, Targets<T> target, int start, int count)
    {
        MatrixSpan<T> predicted = Forward(input, start, count).View(), expected = Target(target, start, count).View();
        int correct = 0;
        for (int row = 0; row < count; row++)
        {
            int label = OneHot.Class(predicted, row);
            correct += label >= 0 && label == OneHot.Class(expected, row) ? 1 : 0;
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
