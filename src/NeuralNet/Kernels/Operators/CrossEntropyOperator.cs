namespace NeuralNet.Kernels;

/// <summary>-t·log x of a probability x, 0 where t is 0; slope -t/x.</summary>
internal readonly struct CrossEntropyOperator<T> : ILossOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T Loss(T x, T t) => t == T.Zero ? T.Zero : -t * Elementary.Log(x);

    public T Gradient(T x, T t) => t == T.Zero ? T.Zero : -t / x;
}
