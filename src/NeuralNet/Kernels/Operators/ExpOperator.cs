namespace NeuralNet.Kernels;

/// <summary>eˣ; slope y.</summary>
internal readonly struct ExpOperator<T> : IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T Forward(T x) => Elementary.Exp(x);

    public T Backward(T x, T y, T dy) => dy * y;
}
