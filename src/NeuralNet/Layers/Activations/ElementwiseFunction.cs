using System.Diagnostics;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>What every elementwise layer does around its operator: buffers, checks, the latest input and output.</summary>
internal sealed class ElementwiseFunction<T, TOperator>(ILayer<T> layer, TOperator f)
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOperator : unmanaged, IElementwiseOperator<T>
{
    private readonly BatchBuffer<T> outputs = new();
    private readonly BatchBuffer<T> inputGradients = new();
    private Matrix<T>? x;
    private Matrix<T>? y;

    public Matrix<T> Forward(Matrix<T> input)
    {
        Guard.NotEmpty(layer, input);
        x = Dense.Of(input);
        y = outputs.Like(x);
        Elementwise.Forward(f, x.Values(), y.Values());
        return y;
    }

    /// <summary>Takes an output that was computed elsewhere, of an operator whose slope reads no more.</summary>
    public void Take(Matrix<T> output)
    {
        Debug.Assert(TOperator.SlopeReadsOutput);
        x = y = output;
    }

    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(layer, y, outputGradient);
        Matrix<T> inputGradient = inputGradients.Like(y);
        Elementwise.Backward(f, x!.Values(), y.Values(), Dense.Of(outputGradient).Values(), inputGradient.Values());
        return inputGradient;
    }
}
