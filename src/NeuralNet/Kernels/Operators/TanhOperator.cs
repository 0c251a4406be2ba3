namespace NeuralNet.Kernels;

/// <summary>tanh x; slope 1 - y².</summary>
internal readonly struct TanhOperator<T> : IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T Forward(T x) => Elementary.Tanh(x);

    public T Backward(T x, T y, T dy) => dy * (T.One - (y * y));
}
