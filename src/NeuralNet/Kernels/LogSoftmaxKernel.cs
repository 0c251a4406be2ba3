using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The logarithm of the softmax of each row, without cancellation: the largest score of a row that it towers over has a logarithm near 0, exact to the last digits.</summary>
/// <remarks>Lanes are rows, as in <see cref="SoftmaxKernel"/>.</remarks>
internal static unsafe class LogSoftmaxKernel
{
    /// <summary>y = (x - max) - log Σ e^(x - max), the sum being 1 for the maximum and the rest, of which log(1 + rest) keeps all digits.</summary>
    public static void Forward<T>(MatrixSpan<T> x, MatrixSpan<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x.Values, py = y.Values)
            Sweep.Over<T, ForwardSweep<T>>(x.Rows, new(x.Rows, x.Columns, px, py), x.Columns);
    }

    /// <summary>dx = dy - e^y·Σ dy.</summary>
    public static void Backward<T>(MatrixSpan<T> y, MatrixSpan<T> dy, MatrixSpan<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* py = y.Values, pdy = dy.Values, pdx = dx.Values)
            Sweep.Over<T, BackwardSweep<T>>(y.Rows, new(y.Rows, y.Columns, py, pdy, pdx), y.Columns);
    }

    private readonly struct ForwardSweep<T>(nint rows, int columns, T* x, T* y) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            nint end = index + (columns * rows);
            V maximum = V.Load(x + index);
            for (nint place = index + rows; place < end; place += rows)
                maximum = V.Max(maximum, V.Load(x + place));

            // The powers stand in y until they are summed. Each score at the maximum adds e^0 = 1 to a whole number, of which the first 1 is taken off.
            for (nint place = index; place < end; place += rows)
                V.Store(y + place, Elementary.Exp<V, T>(V.Load(x + place) - maximum));
            V below = LongSum.Of<V, T, PowersBelow<T, V>>(columns, new(rows, x + index, maximum, y + index));
            V atMaximum = LongSum.Of<V, T, OnesAtMaximum<T, V>>(columns, new(rows, x + index, maximum));
            V logSum = Elementary.LogP1<V, T>((atMaximum - V.Broadcast(T.One)) + below);
            for (nint place = index; place < end; place += rows)
                V.Store(y + place, (V.Load(x + place) - maximum) - logSum);
        }
    }

    private readonly struct PowersBelow<T, V>(nint rows, T* x, V maximum, T* powers) : ITerms<V>
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At(int index)
        {
            V zero = V.Broadcast(T.Zero);
            return V.Select(V.LessThan(V.Load(x + (index * rows)) - maximum, zero), V.Load(powers + (index * rows)), zero);
        }
    }

    // A distance of 0 gives 1; what is not a number stays none.
    private readonly struct OnesAtMaximum<T, V>(nint rows, T* x, V maximum) : ITerms<V>
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At(int index)
        {
            V distance = V.Load(x + (index * rows)) - maximum, zero = V.Broadcast(T.Zero);
            return V.Select(V.LessThan(distance, zero), zero, distance + V.Broadcast(T.One));
        }
    }

    private readonly struct BackwardSweep<T>(nint rows, int columns, T* y, T* dy, T* dx) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            nint end = index + (columns * rows);
            V sum = LongSum.Of<V, T, Stored<T, V>>(columns, new(rows, dy + index));
            for (nint place = index; place < end; place += rows)
                V.Store(dx + place, V.Load(dy + place) - (Elementary.Exp<V, T>(V.Load(y + place)) * sum));
        }
    }
}
