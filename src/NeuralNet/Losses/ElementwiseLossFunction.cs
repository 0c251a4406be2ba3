using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>What every loss over single outputs does around its operator: buffers, checks, reduction, the latest scores and targets.</summary>
internal sealed class ElementwiseLossFunction<T, TOperator>(ILossLayer<T> layer, TOperator l, bool meanOverOutputs)
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOperator : struct, ILossOperator<T>
{
    private readonly BatchBuffer<T> inputGradients = new();
    private readonly SampleMean<T> mean = new();
    private Matrix<T>? x;
    private Matrix<T>? t;

    public double Forward(Matrix<T> input, Matrix<T> target, ReadOnlySpan<T> sampleWeights)
    {
        Guard.Loss(layer, input, target, sampleWeights);
        (x, t) = (Dense.Of(input), Dense.Of(target));
        ElementwiseLoss.Forward(l, x.View(), t.View(), mean.Losses(x.RowCount));
        return mean.Reduce(x.RowCount, sampleWeights, meanOverOutputs ? x.ColumnCount : 1);
    }

    public Matrix<T> Backward()
    {
        Guard.LossCame(layer, t);
        Matrix<T> inputGradient = inputGradients.Like(x!);
        ElementwiseLoss.Backward(l, x!.View(), t.View(), mean.Scales(x!.RowCount), inputGradient.View());
        return inputGradient;
    }

    /// <summary>A Forward without a target came: there is no loss to go back from.</summary>
    public void Forget() => t = null;
}
