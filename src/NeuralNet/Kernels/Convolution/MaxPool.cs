using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The largest number under each window, and which it was.</summary>
internal static unsafe class MaxPool
{
    /// <summary>The place of an output that was written as 0: none of the kernel's, and so no input gets its gradient.</summary>
    public const int NoPlace = -1;

    /// <summary>y = the largest of x under the window, or the Relu of it; NaN counts as the largest.</summary>
    public static void Forward<T>(TapPlan toOutput, int channels, MatrixSpan<T> x, MatrixSpan<T> y, bool rectifies = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(x.Rows == y.Rows);
        fixed (T* px = x.Values, py = y.Values)
            WindowSweep.Over<T, Largest<T, Off>>(toOutput, channels, x.Columns / channels, y.Columns / channels, x.Rows, new(px, py, null, Floor<T>(rectifies)));
    }

    /// <summary>The same, and which one it is, the first of several, as a place of the kernel; <see cref="NoPlace"/> where the Relu gives 0.</summary>
    public static void Forward<T>(TapPlan toOutput, int channels, MatrixSpan<T> x, MatrixSpan<T> y, Span<T> places, bool rectifies = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(x.Rows == y.Rows && places.Length == y.Values.Length);
        fixed (T* px = x.Values, py = y.Values, pp = places)
            WindowSweep.Over<T, Largest<T, On>>(toOutput, channels, x.Columns / channels, y.Columns / channels, x.Rows, new(px, py, pp, Floor<T>(rectifies)));
    }

    /// <summary>The same for some channels and rows of the output, on the thread that calls.</summary>
    public static void ForwardRows<T>(PoolShape shape, int firstRow, int endRow, int channels, int sourcePlaces, int samples, T* x, T* y, T* places, bool rectifies)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = shape.Columns.Output;
        WindowSweep.OverPlaces<T, Largest<T, On>>(shape.ToOutput, firstRow * width, endRow * width, channels, sourcePlaces, shape.Rows.Output * width, samples, new(x, y, places, Floor<T>(rectifies)));
    }

    /// <summary>Where the largest so far stays when the next comes.</summary>
    /// <remarks>Where the next is not larger: that includes neither a larger number nor NaN, on either side; and once NaN is there it stays.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Stays<T, V>(V largest, V next)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T> =>
        V.Select(V.LessThanOrEqual(largest, largest), V.LessThanOrEqual(next, largest), V.LessThanOrEqual(V.Broadcast(T.Zero), V.Broadcast(T.Zero)));

    /// <summary>What an output has to be above: else it is written as 0. Nothing is below or at NaN, so that with it all are written as they are.</summary>
    public static T Floor<T>(bool rectifies)
        where T : unmanaged, IFloatingPointIeee754<T> => rectifies ? T.Zero : T.NaN;

    /// <summary>0 and no place where the largest is not above the floor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Rectify<T, V>(V floor, ref V largest, ref V place)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
    {
        V isBelow = V.LessThanOrEqual(largest, floor);
        largest = V.Select(isBelow, V.Broadcast(T.Zero), largest);
        place = V.Select(isBelow, V.Broadcast(T.CreateTruncating(NoPlace)), place);
    }

    /// <summary>dx = the sum of dy over the windows whose largest x it was.</summary>
    public static void Backward<T>(TapPlan toInput, int channels, MatrixSpan<T> dy, ReadOnlySpan<T> places, MatrixSpan<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(dx.Rows == dy.Rows && places.Length == dy.Values.Length);
        fixed (T* pdx = dx.Values, pdy = dy.Values, pp = places)
            WindowSweep.Over<T, Spread<T>>(toInput, channels, dy.Columns / channels, dx.Columns / channels, dx.Rows, new(pdy, pp, pdx));
    }

    private readonly struct Largest<T, TWithPlace>(T* x, T* y, T* places, T floor) : IWindowOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TWithPlace : unmanaged, IOption
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V, TLanes>(nint source, Tap* taps, int count, nint samples, nint result)
            where V : struct, ISimd<V, T>
            where TLanes : struct, ILanes<T>
        {
            T* under = x + source;
            V largest = TLanes.Load<V>(under + (taps[0].Column * samples)), place = default;
            if (TWithPlace.IsOn)
                place = V.Broadcast(T.CreateTruncating(taps[0].Depth));
            for (int i = 1; i < count; i++)
            {
                V next = TLanes.Load<V>(under + (taps[i].Column * samples));
                V stays = Stays<T, V>(largest, next);
                if (TWithPlace.IsOn)
                    place = V.Select(stays, place, V.Broadcast(T.CreateTruncating(taps[i].Depth)));
                largest = V.Select(stays, largest, next);
            }

            Rectify<T, V>(V.Broadcast(floor), ref largest, ref place);
            V.Store(y + result, largest);
            if (TWithPlace.IsOn)
                V.Store(places + result, place);
        }
    }

    private readonly struct Spread<T>(T* dy, T* places, T* dx) : IWindowOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V, TLanes>(nint source, Tap* taps, int count, nint samples, nint result)
            where V : struct, ISimd<V, T>
            where TLanes : struct, ILanes<T>
        {
            V zero = V.Broadcast(T.Zero), sum = zero;
            for (int i = 0; i < count; i++)
            {
                nint column = source + (taps[i].Column * samples);
                V distance = V.Abs(TLanes.Load<V>(places + column) - V.Broadcast(T.CreateTruncating(taps[i].Depth)));
                sum += V.Select(V.LessThanOrEqual(distance, zero), TLanes.Load<V>(dy + column), zero);
            }

            V.Store(dx + result, sum);
        }
    }
}
