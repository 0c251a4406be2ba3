namespace NeuralNet.Kernels;

/// <summary>max(x, 0); slope 1 above 0, else 0. NaN stays NaN.</summary>
internal readonly struct ReluOperator<T> : IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T Forward(T x) => x < T.Zero ? T.Zero : x;

    public T Backward(T x, T y, T dy) => x <= T.Zero ? T.Zero : dy;
}
