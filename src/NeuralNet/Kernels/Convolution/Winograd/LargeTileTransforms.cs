using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The additions of <see cref="Winograd"/> for tiles of 4x4 outputs, for a vector of tiles at a time. A run that does not fill its last vector goes over some lanes once more.</summary>
/// <remarks>The 36 numbers between the columns and the rows of a tile are too many for registers; they stay in the first-level cache.</remarks>
internal static unsafe class LargeTileTransforms<T, V>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : struct, ISimd<V, T>
{
    // Loops that are worth their own method, compiled well from the first call on.
    private const MethodImplOptions OutOfLine = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    // The inputs along an axis, the outputs, the places of a kernel; a line of the cache.
    private const int Size = 6, Outs = 4, Places = 3, LineBytes = 64;

    private const int Squares = Outs / Winograd.Square;

    /// <inheritdoc cref="SmallTileTransforms{T, V}.Kernels"/>
    [MethodImpl(OutOfLine)]
    public static void Kernels(T* kernels, nint placeStep, nint kernelStep, int count, int channels, T* positions, nint positionStep)
    {
        byte* room = stackalloc byte[(Size * Places * LineBytes) + LineBytes];
        T* columns = Aligned(room);
        for (int k = 0; k < count; k++, kernels += kernelStep, positions += channels)
        {
            for (int first = 0; first < channels; first += V.Width)
            {
                int channel = Math.Min(first, channels - V.Width);
                for (int column = 0; column < Places; column++)
                    Kernel(kernels + channel + (column * placeStep), Places * placeStep, columns + (column * V.Width), Places * V.Width);
                for (int row = 0; row < Size; row++)
                    Kernel(columns + (row * Places * V.Width), V.Width, positions + channel + (row * Size * positionStep), positionStep);
            }
        }
    }

    /// <inheritdoc cref="SmallTileTransforms{T, V}.Inputs"/>
    [MethodImpl(OutOfLine)]
    public static void Inputs<TAtBorder>(T* image, nint imageChannelStep, TileGrid grid, TilePlaces down, TilePlaces across, int channels, int lanes, T* positions, nint channelStep, nint positionStep)
        where TAtBorder : unmanaged, IOption
    {
        byte* room = stackalloc byte[(Size * Size * LineBytes) + LineBytes];
        T* columns = Aligned(room);
        for (int channel = 0; channel < channels; channel++, image += imageChannelStep, positions += channelStep)
        {
            for (int first = 0; first < lanes; first += V.Width)
            {
                int lane = Math.Min(first, lanes - V.Width);
                T* d = image + lane;
                for (int column = 0; column < Size; column++)
                    Input<SideBySide<T>, TAtBorder>(d + (column * grid.Column), grid.Row, TAtBorder.IsOn && !across.Include(column) ? default : down, columns + (column * V.Width), Size * V.Width);
                for (int line = 0; line < Size; line++)
                    Input<SideBySide<T>, Off>(columns + (line * Size * V.Width), V.Width, default, positions + lane + (line * Size * positionStep), positionStep);
            }
        }
    }

    /// <inheritdoc cref="SmallTileTransforms{T, V}.Outputs"/>
    [MethodImpl(OutOfLine)]
    public static void Outputs<TResult>(TResult result, T* positions, nint channelStep, nint positionStep, int channels, int lanes, T* image, nint imageChannelStep, TileGrid grid)
        where TResult : struct, ITileResult<T>
    {
        byte* room = stackalloc byte[(Outs * Size * LineBytes) + LineBytes];
        T* columns = Aligned(room);
        nint down = TResult.Step * grid.Row, across = TResult.Step * grid.Column;
        for (int channel = 0; channel < channels; channel++, image += imageChannelStep, positions += channelStep)
        {
            for (int first = 0; first < lanes; first += V.Width)
            {
                int lane = Math.Min(first, lanes - V.Width);
                for (int column = 0; column < Size; column++)
                {
                    (V y0, V y1, V y2, V y3) = Output(positions + lane + (column * positionStep), Size * positionStep);
                    T* place = columns + (column * V.Width);
                    V.Store(place, y0);
                    V.Store(place + (Size * V.Width), y1);
                    V.Store(place + (2 * Size * V.Width), y2);
                    V.Store(place + (3 * Size * V.Width), y3);
                }

                T* tile = image + lane;
                for (int square = 0; square < Squares; square++, tile += down)
                {
                    T* upper = columns + (square * Winograd.Square * Size * V.Width);
                    (V a0, V a1, V a2, V a3) = Output(upper, V.Width);
                    (V b0, V b1, V b2, V b3) = Output(upper + (Size * V.Width), V.Width);
                    result.Store(tile, grid, a0, a1, b0, b1);
                    result.Store(tile + across, grid, a2, a3, b2, b3);
                }
            }
        }
    }

    /// <summary>The gradients of tiles' outputs to the positions.</summary>
    /// <param name="outputs">For each sample the channels; the sixteen outputs of the tile one behind the other, from there to the next <paramref name="outputStep"/>.</param>
    /// <param name="outputStep">From output to output.</param>
    /// <param name="count">How many numbers: channels of all samples, whole vectors.</param>
    /// <param name="positions">The same for each position.</param>
    /// <param name="positionStep">From position to position.</param>
    [MethodImpl(OutOfLine)]
    public static void OutputGradients(T* outputs, nint outputStep, int count, T* positions, nint positionStep)
    {
        byte* room = stackalloc byte[(Size * Outs * LineBytes) + LineBytes];
        T* columns = Aligned(room);
        for (int i = 0; i < count; i += V.Width)
        {
            for (int column = 0; column < Outs; column++)
                OutputGradient(outputs + i + (column * outputStep), Outs * outputStep, columns + (column * V.Width), Outs * V.Width);
            for (int row = 0; row < Size; row++)
                OutputGradient(columns + (row * Outs * V.Width), V.Width, positions + i + (row * Size * positionStep), positionStep);
        }
    }

    /// <inheritdoc cref="SmallTileTransforms{T, V}.KernelGradients"/>
    [MethodImpl(OutOfLine)]
    public static void KernelGradients(T* positions, T* kernels)
    {
        byte* room = stackalloc byte[(Places * Size * LineBytes) + LineBytes];
        T* columns = Aligned(room);
        for (int column = 0; column < Size; column++)
            KernelGradient(positions + (column * V.Width), Size * V.Width, columns + (column * V.Width), Size * V.Width);
        for (int row = 0; row < Places; row++)
            KernelGradient(columns + (row * Size * V.Width), V.Width, kernels + (row * Places * V.Width), V.Width);
    }

    // Along one axis, as Winograd has them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Kernel(T* g, nint step, T* u, nint resultStep)
    {
        V g0 = V.Load(g), g1 = V.Load(g + step), g2 = V.Load(g + (2 * step)), outer = g0 + g2;
        V.Store(u, g0);
        V.Store(u + resultStep, Part(1, 3) * (outer + g1));
        V.Store(u + (2 * resultStep), Part(1, 3) * (g1 - outer));
        V.Store(u + (3 * resultStep), Part(-4, 15) * V.Fma(Part(4, 1), g0, V.Fma(Part(2, 1), g1, g2)));
        V.Store(u + (4 * resultStep), Part(1, 15) * V.Fma(Part(4, 1), g2, V.Fma(Part(-2, 1), g1, g0)));
        V.Store(u + (5 * resultStep), g2);
    }

    /// <inheritdoc cref="ITileTransform{T}.Input"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<TLanes, TAtBorder>(T* d, nint step, TilePlaces places, T* v, nint resultStep)
        where TLanes : struct, ILanes<T>
        where TAtBorder : unmanaged, IOption
    {
        V d0 = At<TLanes, TAtBorder>(d, step, 0, places), d1 = At<TLanes, TAtBorder>(d, step, 1, places), d2 = At<TLanes, TAtBorder>(d, step, 2, places);
        V d3 = At<TLanes, TAtBorder>(d, step, 3, places), d4 = At<TLanes, TAtBorder>(d, step, 4, places), d5 = At<TLanes, TAtBorder>(d, step, 5, places);
        V r = d4 - d2, s = d3 - d1, oneAndAHalf = Part(3, 2);
        V.Store(v, V.Fma(oneAndAHalf, s, r) + (d0 - d2));
        V.Store(v + resultStep, V.Fma(oneAndAHalf, d3 + d2, r + s));
        V.Store(v + (2 * resultStep), V.Fma(oneAndAHalf, d3 - d2, r - s));
        V.Store(v + (3 * resultStep), V.Fma(Part(2, 1), s, r));
        V.Store(v + (4 * resultStep), V.Fma(Part(-1, 2), s, r));
        V.Store(v + (5 * resultStep), V.Fma(oneAndAHalf, r, d5 - d3) - s);
    }

    // Zeros beside the image.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V At<TLanes, TAtBorder>(T* d, nint step, int index, TilePlaces places)
        where TLanes : struct, ILanes<T>
        where TAtBorder : unmanaged, IOption => TAtBorder.IsOn && !places.Include(index) ? default : TLanes.Load<V>(d + (index * step));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V First, V Second, V Third, V Fourth) Output(T* m, nint step)
    {
        V m1 = V.Load(m + step), m2 = V.Load(m + (2 * step)), m3 = V.Load(m + (3 * step)), m4 = V.Load(m + (4 * step)), even = m1 + m2, odd = m1 - m2;
        return (
            V.Load(m) + even + (m3 + m4),
            V.Fma(Part(-2, 1), m4, V.Fma(Part(1, 2), m3, odd)),
            V.Fma(Part(4, 1), m4, V.Fma(Part(1, 4), m3, even)),
            V.Fma(Part(-8, 1), m4, V.Fma(Part(1, 8), m3, odd)) + V.Load(m + (5 * step)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputGradient(T* e, nint step, T* m, nint resultStep)
    {
        V e0 = V.Load(e), e1 = V.Load(e + step), e2 = V.Load(e + (2 * step)), e3 = V.Load(e + (3 * step)), even = e0 + e2, odd = e1 + e3;
        V.Store(m, e0);
        V.Store(m + resultStep, even + odd);
        V.Store(m + (2 * resultStep), even - odd);
        V.Store(m + (3 * resultStep), V.Fma(Part(1, 8), e3, V.Fma(Part(1, 4), e2, V.Fma(Part(1, 2), e1, e0))));
        V.Store(m + (4 * resultStep), V.Fma(Part(-8, 1), e3, V.Fma(Part(4, 1), e2, V.Fma(Part(-2, 1), e1, e0))));
        V.Store(m + (5 * resultStep), e3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void KernelGradient(T* u, nint step, T* w, nint resultStep)
    {
        V u1 = V.Load(u + step), u2 = V.Load(u + (2 * step)), difference = Part(1, 3) * (u1 - u2), sum = Part(1, 3) * (u1 + u2);
        V third = Part(4, 15) * V.Load(u + (3 * step)), fourth = Part(1, 15) * V.Load(u + (4 * step));
        V.Store(w, V.Load(u) + difference + V.Fma(Part(-4, 1), third, fourth));
        V.Store(w + resultStep, V.Fma(Part(-2, 1), third + fourth, sum));
        V.Store(w + (2 * resultStep), V.Fma(Part(4, 1), fourth, difference) - third + V.Load(u + (5 * step)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Part(int numerator, int denominator) => V.Broadcast(T.CreateTruncating(numerator) / T.CreateTruncating(denominator));

    private static T* Aligned(byte* room) => (T*)(((nint)room + LineBytes - 1) & -LineBytes);
}
