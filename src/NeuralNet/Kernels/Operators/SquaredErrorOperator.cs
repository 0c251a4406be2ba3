namespace NeuralNet.Kernels;

/// <summary>(x - t)²; slope 2·(x - t).</summary>
internal readonly struct SquaredErrorOperator<T> : ILossOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T Loss(T x, T t) => (x - t) * (x - t);

    public T Gradient(T x, T t) => (x - t) + (x - t);
}
