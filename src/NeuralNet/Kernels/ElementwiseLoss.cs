namespace NeuralNet.Kernels;

/// <summary>The loss of one output against one target, and its derivative.</summary>
internal interface ILossOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>l(x, t).</summary>
    T Loss(T x, T t);

    /// <summary>dl/dx.</summary>
    T Gradient(T x, T t);
}

/// <summary>Drives a loss operator over a batch.</summary>
internal static class ElementwiseLoss
{
    /// <summary>Each row's Σ l(x, t).</summary>
    public static void Forward<T, TOperator>(TOperator l, MatrixSpan<T> x, MatrixSpan<T> t, Span<T> losses)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, ILossOperator<T>
    {
        losses.Clear();
        for (int column = 0; column < x.Columns; column++)
        {
            Span<T> outputs = x.Column(column), targets = t.Column(column);
            for (int row = 0; row < outputs.Length; row++)
                losses[row] += l.Loss(outputs[row], targets[row]);
        }
    }

    /// <summary>dx = dl/dx·scale of the row.</summary>
    public static void Backward<T, TOperator>(TOperator l, MatrixSpan<T> x, MatrixSpan<T> t, ReadOnlySpan<T> scales, MatrixSpan<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : struct, ILossOperator<T>
    {
        for (int column = 0; column < x.Columns; column++)
        {
            Span<T> outputs = x.Column(column), targets = t.Column(column), result = dx.Column(column);
            for (int row = 0; row < outputs.Length; row++)
                result[row] = l.Gradient(outputs[row], targets[row]) * scales[row];
        }
    }
}
