using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>What every loss over the logarithms of a softmax does around its operators: the softmax as its head, buffers, checks, reduction, the latest scores and targets.</summary>
internal sealed class SoftmaxLossFunction<T, TOperator>(ILossLayer<T> layer, Func<int, TOperator[]> operatorsFor)
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOperator : unmanaged, ILossOperator<T>
{
    private readonly OutputOperators<TOperator> operators = new(operatorsFor);
    private readonly BatchBuffer<T> inputGradients = new();
    private readonly SampleMean<T> mean = new();
    private readonly Softmax<T> head = new();
    private Matrix<T>? x;
    private Matrix<T>? y;
    private Matrix<T>? t;

    public IInitializer FeedingInitializer => head.FeedingInitializer;

    public Shape Build(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        Guard.SeveralScores(layer, inputShape);
        operators.For(inputShape.Size);
        return inputShape;
    }

    public double Forward(Matrix<T> input, Matrix<T> target, ReadOnlySpan<T> sampleWeights)
    {
        Guard.Loss(layer, input, target, sampleWeights);
        ReadOnlySpan<TOperator> l = operators.For(input.ColumnCount);
        Matrix<T> targets = Dense.Of(target);
        double total = Guard.TotalWeight(layer, layer.TotalWeight(targets, sampleWeights));
        (x, t) = (Dense.Of(input), targets);
        y = head.Forward(x);
        SoftmaxLoss.Forward(l, x.View(), t.View(), head.Maxima, head.LogSums, mean.Losses(x.RowCount));
        return mean.Reduce(x.RowCount, sampleWeights, total);
    }

    public Matrix<T> Backward()
    {
        Guard.LossCame(layer, t);
        Matrix<T> inputGradient = inputGradients.Like(t);
        SoftmaxLoss.Backward(operators.For(t.ColumnCount), x!.View(), y!.View(), t.View(), head.Maxima, head.LogSums, mean.Scales(t.RowCount), inputGradient.View());
        return inputGradient;
    }

    public Matrix<T> Forward(Matrix<T> input)
    {
        Guard.NotEmpty(layer, input);
        t = null;
        return y = head.Forward(input);
    }

    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(layer, y, outputGradient);
        return head.Backward(outputGradient);
    }
}
