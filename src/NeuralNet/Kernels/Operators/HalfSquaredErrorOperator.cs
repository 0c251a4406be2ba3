namespace NeuralNet.Kernels;

/// <summary>½·(x - t)²; slope x - t.</summary>
internal readonly struct HalfSquaredErrorOperator<T> : ILossOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T Loss(T x, T t) => T.CreateTruncating(0.5) * (x - t) * (x - t);

    public T Gradient(T x, T t) => x - t;
}
