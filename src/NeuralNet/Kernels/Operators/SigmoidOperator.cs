namespace NeuralNet.Kernels;

/// <summary>1 / (1 + e⁻ˣ); slope y·(1 - y).</summary>
internal readonly struct SigmoidOperator<T> : IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T Forward(T x) => Elementary.Sigmoid(x);

    public T Backward(T x, T y, T dy) => dy * y * (T.One - y);
}
