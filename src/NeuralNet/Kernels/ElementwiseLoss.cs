using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The loss of one output against one target, and its derivative, for a vector of them at a time.</summary>
internal interface ILossOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>l(x, t).</summary>
    V Loss<V>(V x, V t)
        where V : struct, ISimd<V, T>;

    /// <summary>dl/dx.</summary>
    V Gradient<V>(V x, V t)
        where V : struct, ISimd<V, T>;
}

/// <summary>Drives loss operators, one for each column, over a batch: lanes are rows, and each walks its row in the order of the columns, summed as <see cref="LongSum"/> does.</summary>
internal static unsafe class ElementwiseLoss
{
    /// <summary>Each row's Σ l(x, t).</summary>
    public static void Forward<T, TOperator>(ReadOnlySpan<TOperator> l, MatrixSpan<T> x, MatrixSpan<T> t, Span<T> losses)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, ILossOperator<T>
    {
        fixed (TOperator* pOperators = l)
        fixed (T* px = x.Values, pt = t.Values, pl = losses)
            Sweep.Over<T, ForwardSweep<T, TOperator>>(x.Rows, new(pOperators, x.Rows, x.Columns, px, pt, pl), x.Columns);
    }

    /// <summary>dx = dl/dx·scale of the row.</summary>
    public static void Backward<T, TOperator>(ReadOnlySpan<TOperator> l, MatrixSpan<T> x, MatrixSpan<T> t, ReadOnlySpan<T> scales, MatrixSpan<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, ILossOperator<T>
    {
        fixed (TOperator* pOperators = l)
        fixed (T* px = x.Values, pt = t.Values, ps = scales, pdx = dx.Values)
            Sweep.Over<T, BackwardSweep<T, TOperator>>(x.Rows, new(pOperators, x.Rows, x.Columns, px, pt, ps, pdx), x.Columns);
    }

    private readonly struct ForwardSweep<T, TOperator>(TOperator* l, nint rows, int columns, T* x, T* t, T* losses) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, ILossOperator<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            V.Store(losses + index, LongSum.Of<V, T, Losses<T, V, TOperator>>(columns, new(l, rows, x + index, t + index)));
        }
    }

    private readonly struct Losses<T, V, TOperator>(TOperator* l, nint rows, T* x, T* t) : ITerms<V>
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
        where TOperator : unmanaged, ILossOperator<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At(int index) => l[index].Loss(V.Load(x + (index * rows)), V.Load(t + (index * rows)));
    }

    private readonly struct BackwardSweep<T, TOperator>(TOperator* l, nint rows, int columns, T* x, T* t, T* scales, T* dx) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, ILossOperator<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            V scale = V.Load(scales + index);
            nint place = index;
            for (int column = 0; column < columns; column++, place += rows)
                V.Store(dx + place, SampleScale.Apply<V, T>(l[column].Gradient(V.Load(x + place), V.Load(t + place)), scale));
        }
    }
}
