namespace NeuralNet.Kernels;

/// <summary>Softmax of each row, sweeping columns over the whole batch, safe for scores of any size because the row's maximum is taken off first.</summary>
internal static class SoftmaxKernel
{
    /// <summary>y = e^(x - max) / Σ e^(x - max); keeps each row's maximum and the logarithm of its sum, from which log y = (x - max) - logSum.</summary>
    public static void Forward<T>(MatrixSpan<T> x, MatrixSpan<T> y, Span<T> maxima, Span<T> logSums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        x.Column(0).CopyTo(maxima);
        for (int column = 1; column < x.Columns; column++)
        {
            Span<T> scores = x.Column(column);
            for (int row = 0; row < scores.Length; row++)
                maxima[row] = T.Max(maxima[row], scores[row]);
        }

        logSums.Clear();
        for (int column = 0; column < x.Columns; column++)
        {
            Span<T> scores = x.Column(column), powers = y.Column(column);
            for (int row = 0; row < scores.Length; row++)
            {
                powers[row] = Elementary.Exp(scores[row] - maxima[row]);
                logSums[row] += powers[row];
            }
        }

        for (int column = 0; column < x.Columns; column++)
        {
            Span<T> powers = y.Column(column);
            for (int row = 0; row < powers.Length; row++)
                powers[row] /= logSums[row];
        }

        for (int row = 0; row < logSums.Length; row++)
            logSums[row] = Elementary.Log(logSums[row]);
    }

    /// <summary>dx = y·(dy - Σ y·dy); the scratch holds each row's sum.</summary>
    public static void Backward<T>(MatrixSpan<T> y, MatrixSpan<T> dy, MatrixSpan<T> dx, Span<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        sums.Clear();
        for (int column = 0; column < y.Columns; column++)
        {
            Span<T> shares = y.Column(column), gradients = dy.Column(column);
            for (int row = 0; row < shares.Length; row++)
                sums[row] += shares[row] * gradients[row];
        }

        for (int column = 0; column < y.Columns; column++)
        {
            Span<T> shares = y.Column(column), gradients = dy.Column(column), result = dx.Column(column);
            for (int row = 0; row < shares.Length; row++)
                result[row] = shares[row] * (gradients[row] - sums[row]);
        }
    }

    /// <summary>Each row's -Σ t·log y; a target of 0 counts nothing, whatever the score. Keeps each row's Σ t.</summary>
    public static void CrossEntropy<T>(MatrixSpan<T> x, MatrixSpan<T> t, ReadOnlySpan<T> maxima, ReadOnlySpan<T> logSums, Span<T> losses, Span<T> targetSums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        losses.Clear();
        targetSums.Clear();
        for (int column = 0; column < x.Columns; column++)
        {
            Span<T> scores = x.Column(column), targets = t.Column(column);
            for (int row = 0; row < scores.Length; row++)
            {
                if (targets[row] == T.Zero)
                    continue;
                losses[row] += targets[row] * (logSums[row] - (scores[row] - maxima[row]));
                targetSums[row] += targets[row];
            }
        }
    }

    /// <summary>dx = (y·Σt - t)·scale: the gradient of the cross-entropy with respect to the scores.</summary>
    public static void CrossEntropyBackward<T>(MatrixSpan<T> y, MatrixSpan<T> t, ReadOnlySpan<T> targetSums, ReadOnlySpan<T> scales, MatrixSpan<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int column = 0; column < y.Columns; column++)
        {
            Span<T> shares = y.Column(column), targets = t.Column(column), result = dx.Column(column);
            for (int row = 0; row < shares.Length; row++)
                result[row] = ((shares[row] * targetSums[row]) - targets[row]) * scales[row];
        }
    }
}
