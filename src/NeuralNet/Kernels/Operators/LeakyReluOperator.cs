namespace NeuralNet.Kernels;

/// <summary>x above 0, else slope·x; slopes 1 and slope.</summary>
internal readonly struct LeakyReluOperator<T>(T slope) : IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T Forward(T x) => x < T.Zero ? slope * x : x;

    public T Backward(T x, T y, T dy) => x <= T.Zero ? slope * dy : dy;
}
