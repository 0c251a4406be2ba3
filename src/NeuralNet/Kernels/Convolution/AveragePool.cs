using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The mean of what lies under each window: the sum of its places in order, as <see cref="LongSum"/> sums, divided by how many they are.</summary>
internal static unsafe class AveragePool
{
    /// <summary>y = the sum of x under the window / divisor; a divisor of 0 stands for as many as lie within the image.</summary>
    public static void Forward<T>(TapPlan toOutput, int channels, MatrixSpan<T> x, int divisor, MatrixSpan<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(x.Rows == y.Rows);
        fixed (T* px = x.Values, py = y.Values)
            WindowSweep.Over<T, Mean<T>>(toOutput, channels, x.Columns / channels, y.Columns / channels, x.Rows, new(px, T.CreateTruncating(divisor), py));
    }

    /// <summary>dx = the sum of dy / divisor over the windows that x lies under; <paramref name="divisors"/> holds one for each place of the output.</summary>
    public static void Backward<T>(TapPlan toInput, int channels, MatrixSpan<T> dy, ReadOnlySpan<T> divisors, MatrixSpan<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(dx.Rows == dy.Rows && divisors.Length == dy.Columns / channels);
        T* shares = Workspace<T>.Shared(dy.Values.Length);
        fixed (T* pdx = dx.Values, pdy = dy.Values)
        {
            for (int column = 0; column < dy.Columns; column++)
                Sweep.Over<T, Divide<T>>(dy.Rows, new(pdy + ((nint)column * dy.Rows), divisors[column % divisors.Length], shares + ((nint)column * dy.Rows)));

            // The shares are divided already; dividing by 1 changes no bit.
            WindowSweep.Over<T, Mean<T>>(toInput, channels, dy.Columns / channels, dx.Columns / channels, dx.Rows, new(shares, T.One, pdx));
        }
    }

    private readonly struct Mean<T>(T* x, T divisor, T* y) : IWindowOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V, TLanes>(nint source, Tap* taps, int count, nint samples, nint result)
            where V : struct, ISimd<V, T>
            where TLanes : struct, ILanes<T>
        {
            V sum = LongSum.Of<V, T, Places<T, V, TLanes>>(count, new(x + source, taps, samples));
            V.Store(y + result, sum / V.Broadcast(divisor == T.Zero ? T.CreateTruncating(count) : divisor));
        }
    }

    private readonly struct Places<T, V, TLanes>(T* source, Tap* taps, nint samples) : ITerms<V>
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
        where TLanes : struct, ILanes<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At(int index) => TLanes.Load<V>(source + (taps[index].Column * samples));
    }

    private readonly struct Divide<T>(T* dy, T divisor, T* shares) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T> => V.Store(shares + index, V.Load(dy + index) / V.Broadcast(divisor));
    }
}
