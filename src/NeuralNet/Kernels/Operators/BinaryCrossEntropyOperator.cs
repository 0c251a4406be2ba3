namespace NeuralNet.Kernels;

/// <summary>-t·log σ(x) - (1 - t)·log(1 - σ(x)) = max(x, 0) - t·x + log(1 + e^-|x|); slope σ(x) - t.</summary>
internal readonly struct BinaryCrossEntropyOperator<T> : ILossOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T Loss(T x, T t) => (x > T.Zero ? x : T.Zero) - (t * x) + Elementary.LogP1(Elementary.Exp(-T.Abs(x)));

    public T Gradient(T x, T t) => Elementary.Sigmoid(x) - t;
}
