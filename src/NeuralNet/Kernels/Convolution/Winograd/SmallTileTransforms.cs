using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The additions of <see cref="Winograd"/> for tiles of 2x2 outputs, for a vector of tiles at a time. A run that does not fill its last vector goes over some lanes once more.</summary>
internal static unsafe class SmallTileTransforms<T, V>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : struct, ISimd<V, T>
{
    // Loops that are worth their own method, compiled well from the first call on.
    private const MethodImplOptions OutOfLine = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>The kernels of channels side by side to their positions.</summary>
    /// <param name="kernels">For each k nine places, from <paramref name="placeStep"/> to the next, of the channels of a strip.</param>
    /// <param name="placeStep">Negative for kernels that are turned around.</param>
    /// <param name="kernelStep">From one k to the next.</param>
    /// <param name="count">How many k.</param>
    /// <param name="channels">How many channels, at least a vector.</param>
    /// <param name="positions">For each k the channels, one k behind the other.</param>
    /// <param name="positionStep">From position to position.</param>
    [MethodImpl(OutOfLine)]
    public static void Kernels(T* kernels, nint placeStep, nint kernelStep, int count, int channels, T* positions, nint positionStep)
    {
        V half = V.Broadcast(T.CreateTruncating(0.5));
        for (int k = 0; k < count; k++, kernels += kernelStep, positions += channels)
        {
            for (int first = 0; first < channels; first += V.Width)
            {
                int channel = Math.Min(first, channels - V.Width);
                T* g = kernels + channel, u = positions + channel;
                (V a0, V a1, V a2, V a3) = Kernel(V.Load(g), V.Load(g + (3 * placeStep)), V.Load(g + (6 * placeStep)), half);
                g += placeStep;
                (V b0, V b1, V b2, V b3) = Kernel(V.Load(g), V.Load(g + (3 * placeStep)), V.Load(g + (6 * placeStep)), half);
                g += placeStep;
                (V c0, V c1, V c2, V c3) = Kernel(V.Load(g), V.Load(g + (3 * placeStep)), V.Load(g + (6 * placeStep)), half);
                Store(u, positionStep, Kernel(a0, b0, c0, half));
                Store(u + (4 * positionStep), positionStep, Kernel(a1, b1, c1, half));
                Store(u + (8 * positionStep), positionStep, Kernel(a2, b2, c2, half));
                Store(u + (12 * positionStep), positionStep, Kernel(a3, b3, c3, half));
            }
        }
    }

    /// <summary>The inputs of tiles to their positions. At the border of the image what lies beside it is zeros.</summary>
    [MethodImpl(OutOfLine)]
    public static void Inputs<TAtBorder>(T* image, nint imageChannelStep, TileGrid grid, TilePlaces down, TilePlaces across, int channels, int lanes, T* positions, nint channelStep, nint positionStep)
        where TAtBorder : unmanaged, IOption
    {
        for (int channel = 0; channel < channels; channel++, image += imageChannelStep, positions += channelStep)
        {
            for (int first = 0; first < lanes; first += V.Width)
            {
                int lane = Math.Min(first, lanes - V.Width);
                T* d = image + lane, odd = d + grid.Column;
                (V a0, V a1, V a2, V a3) = Input<SideBySide<T>, TAtBorder>(d, grid.Row, across.Include(0) ? down : default);
                (V b0, V b1, V b2, V b3) = Input<SideBySide<T>, TAtBorder>(odd, grid.Row, across.Include(1) ? down : default);
                (V c0, V c1, V c2, V c3) = Input<SideBySide<T>, TAtBorder>(d + (2 * grid.Column), grid.Row, across.Include(2) ? down : default);
                (V d0, V d1, V d2, V d3) = Input<SideBySide<T>, TAtBorder>(odd + (2 * grid.Column), grid.Row, across.Include(3) ? down : default);
                T* v = positions + lane;
                Store(v, positionStep, Input(a0, b0, c0, d0));
                v += 4 * positionStep;
                Store(v, positionStep, Input(a1, b1, c1, d1));
                v += 4 * positionStep;
                Store(v, positionStep, Input(a2, b2, c2, d2));
                v += 4 * positionStep;
                Store(v, positionStep, Input(a3, b3, c3, d3));
            }
        }
    }

    /// <summary>The positions of tiles to their outputs, and those, square by square, to what becomes of them.</summary>
    [MethodImpl(OutOfLine)]
    public static void Outputs<TResult>(TResult result, T* positions, nint channelStep, nint positionStep, int channels, int lanes, T* image, nint imageChannelStep, TileGrid grid)
        where TResult : struct, ITileResult<T>
    {
        for (int channel = 0; channel < channels; channel++, image += imageChannelStep, positions += channelStep)
        {
            for (int first = 0; first < lanes; first += V.Width)
            {
                int lane = Math.Min(first, lanes - V.Width);
                T* m = positions + lane;
                (V a0, V a1) = Output(m, 4 * positionStep);
                (V b0, V b1) = Output(m + positionStep, 4 * positionStep);
                (V c0, V c1) = Output(m + (2 * positionStep), 4 * positionStep);
                (V d0, V d1) = Output(m + (3 * positionStep), 4 * positionStep);
                result.Store(image + lane, grid, a0 + b0 + c0, b0 - c0 + d0, a1 + b1 + c1, b1 - c1 + d1);
            }
        }
    }

    /// <summary>The gradients of tiles' outputs to the positions.</summary>
    /// <param name="outputs">For each sample the channels; the four outputs of the tile one behind the other, from there to the next <paramref name="outputStep"/>.</param>
    /// <param name="outputStep">From output to output.</param>
    /// <param name="count">How many numbers: channels of all samples, whole vectors.</param>
    /// <param name="positions">The same for each position.</param>
    /// <param name="positionStep">From position to position.</param>
    [MethodImpl(OutOfLine)]
    public static void OutputGradients(T* outputs, nint outputStep, int count, T* positions, nint positionStep)
    {
        for (int i = 0; i < count; i += V.Width)
        {
            T* e = outputs + i;
            V e00 = V.Load(e), e01 = V.Load(e + outputStep), e10 = V.Load(e + (2 * outputStep)), e11 = V.Load(e + (3 * outputStep));
            T* m = positions + i;
            Store(m, positionStep, OutputGradient(e00, e01));
            Store(m + (4 * positionStep), positionStep, OutputGradient(e00 + e10, e01 + e11));
            Store(m + (8 * positionStep), positionStep, OutputGradient(e00 - e10, e01 - e11));
            Store(m + (12 * positionStep), positionStep, OutputGradient(e10, e11));
        }
    }

    /// <summary>The gradients of positions to those of kernels, for a vector of channels.</summary>
    /// <param name="positions">The positions, a vector behind the other.</param>
    /// <param name="kernels">Nine places, likewise.</param>
    [MethodImpl(OutOfLine)]
    public static void KernelGradients(T* positions, T* kernels)
    {
        V half = V.Broadcast(T.CreateTruncating(0.5));
        (V a0, V a1, V a2) = KernelColumn(positions, half);
        (V b0, V b1, V b2) = KernelColumn(positions + V.Width, half);
        (V c0, V c1, V c2) = KernelColumn(positions + (2 * V.Width), half);
        (V d0, V d1, V d2) = KernelColumn(positions + (3 * V.Width), half);
        Store(kernels, KernelGradient(a0, b0, c0, d0, half));
        Store(kernels + (3 * V.Width), KernelGradient(a1, b1, c1, d1, half));
        Store(kernels + (6 * V.Width), KernelGradient(a2, b2, c2, d2, half));
    }

    /// <inheritdoc cref="ITileTransform{T}.Input"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<TLanes, TAtBorder>(T* d, nint step, TilePlaces places, T* v, nint resultStep)
        where TLanes : struct, ILanes<T>
        where TAtBorder : unmanaged, IOption => Store(v, resultStep, Input<TLanes, TAtBorder>(d, step, places));

    // A column of a tile.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V First, V Second, V Third, V Fourth) Input<TLanes, TAtBorder>(T* d, nint step, TilePlaces places)
        where TLanes : struct, ILanes<T>
        where TAtBorder : unmanaged, IOption
    {
        T* odd = d + step;
        return Input(
            TAtBorder.IsOn && !places.Include(0) ? default : TLanes.Load<V>(d),
            TAtBorder.IsOn && !places.Include(1) ? default : TLanes.Load<V>(odd),
            TAtBorder.IsOn && !places.Include(2) ? default : TLanes.Load<V>(d + (2 * step)),
            TAtBorder.IsOn && !places.Include(3) ? default : TLanes.Load<V>(odd + (2 * step)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V First, V Second, V Third, V Fourth) Input(V d0, V d1, V d2, V d3) => (d0 - d2, d1 + d2, d2 - d1, d3 - d1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V First, V Second, V Third, V Fourth) Kernel(V g0, V g1, V g2, V half)
    {
        V outer = g0 + g2;
        return (g0, half * (outer + g1), half * (outer - g1), g2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V First, V Second) Output(T* m, nint step)
    {
        V m1 = V.Load(m + step), m2 = V.Load(m + (2 * step));
        return (V.Load(m) + m1 + m2, m1 - m2 + V.Load(m + (3 * step)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V First, V Second, V Third, V Fourth) OutputGradient(V e0, V e1) => (e0, e0 + e1, e0 - e1, e1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V First, V Second, V Third) KernelColumn(T* u, V half) =>
        KernelGradient(V.Load(u), V.Load(u + (4 * V.Width)), V.Load(u + (8 * V.Width)), V.Load(u + (12 * V.Width)), half);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V First, V Second, V Third) KernelGradient(V u0, V u1, V u2, V u3, V half)
    {
        V inner = half * (u1 + u2);
        return (u0 + inner, half * (u1 - u2), u3 + inner);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* destination, (V First, V Second, V Third) values)
    {
        V.Store(destination, values.First);
        V.Store(destination + V.Width, values.Second);
        V.Store(destination + (2 * V.Width), values.Third);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* destination, nint step, (V First, V Second, V Third, V Fourth) values)
    {
        V.Store(destination, values.First);
        V.Store(destination + step, values.Second);
        V.Store(destination + (2 * step), values.Third);
        V.Store(destination + (3 * step), values.Fourth);
    }
}
