using System.Diagnostics;

namespace NeuralNet.Kernels;

/// <summary>A function of one number and its derivative.</summary>
internal interface IElementwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>y = f(x).</summary>
    T Forward(T x);

    /// <summary>dx = f'(x)·dy, from whichever of x and y is at hand.</summary>
    T Backward(T x, T y, T dy);
}

/// <summary>Drives an operator over spans.</summary>
internal static class Elementwise
{
    public static void Forward<T, TOperator>(TOperator f, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IElementwiseOperator<T>
    {
        Debug.Assert(x.Length == y.Length);
        for (int i = 0; i < x.Length; i++)
            y[i] = f.Forward(x[i]);
    }

    public static void Backward<T, TOperator>(TOperator f, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, IElementwiseOperator<T>
    {
        Debug.Assert(x.Length == y.Length && x.Length == dy.Length && x.Length == dx.Length);
        for (int i = 0; i < x.Length; i++)
            dx[i] = f.Backward(x[i], y[i], dy[i]);
    }
}
