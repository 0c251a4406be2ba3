using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>What every loss over single outputs does around its operators and its elementwise head: buffers, checks, reduction, the latest scores and targets.</summary>
internal sealed class ElementwiseLossFunction<T, TOperator>(ILossLayer<T> layer, ILayer<T> head, Func<int, TOperator[]> operatorsFor, bool meanOverOutputs)
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOperator : unmanaged, ILossOperator<T>
{
    private readonly OutputOperators<TOperator> operators = new(operatorsFor);
    private readonly BatchBuffer<T> inputGradients = new();
    private readonly SampleMean<T> mean = new();
    private Matrix<T>? x;
    private Matrix<T>? t;

    /// <summary>A loss whose operator is the same for every output.</summary>
    public ElementwiseLossFunction(ILossLayer<T> layer, ILayer<T> head, TOperator l, bool meanOverOutputs)
        : this(layer, head, outputs => [.. Enumerable.Repeat(l, outputs)], meanOverOutputs)
    {
    }

    public double Forward(Matrix<T> input, Matrix<T> target, ReadOnlySpan<T> sampleWeights)
    {
        Guard.Loss(layer, input, target, sampleWeights);
        ReadOnlySpan<TOperator> l = operators.For(input.ColumnCount);
        (x, t) = (Dense.Of(input), Dense.Of(target));
        ElementwiseLoss.Forward(l, x.View(), t.View(), mean.Losses(x.RowCount));
        return mean.Reduce(x.RowCount, sampleWeights, layer.TotalWeight(t, sampleWeights) * (meanOverOutputs ? x.ColumnCount : 1));
    }

    public Matrix<T> Backward()
    {
        Guard.LossCame(layer, t);
        Matrix<T> inputGradient = inputGradients.Like(x!);
        ElementwiseLoss.Backward(operators.For(t.ColumnCount), x!.View(), t.View(), mean.Scales(t.RowCount), inputGradient.View());
        return inputGradient;
    }

    public Matrix<T> Forward(Matrix<T> input)
    {
        Guard.NotEmpty(layer, input);
        (x, t) = (input, null);
        return head.Forward(input);
    }

    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(layer, x, outputGradient);

        // With a target, the latest Forward was not the head's.
        if (t is not null)
            head.Forward(x);
        return head.Backward(outputGradient);
    }
}
