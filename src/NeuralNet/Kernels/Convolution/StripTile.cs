using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>A tile that is one vector high and as wide as a strip of <see cref="ChannelStrips"/>, whose factors lie side by side.</summary>
/// <remarks>The six sums of a <see cref="Tile{T, TRows, TColumns, TWalk}"/> of one vector are too few to hide the latency of a multiply-add; sixteen are enough. Like there, a lane's sum runs over k in order.</remarks>
internal static unsafe class StripTile<T, V>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : struct, ISimd<V, T>
{
    /// <summary>Whether the machine has registers for the sums of so many columns, which have to be a whole strip.</summary>
    public static bool Suits(int columns) => columns == ChannelStrips.MostChannels && V.Width * sizeof(T) == 64;

    /// <summary>c = start + a·b. The columns are written out, since only local variables stay in registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(in TileTask<T> task)
    {
        V c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        V c8 = default, c9 = default, c10 = default, c11 = default, c12 = default, c13 = default, c14 = default, c15 = default;
        T* start = task.Start;
        if (start != null)
        {
            (c0, c1, c2, c3) = (V.Broadcast(start[0]), V.Broadcast(start[1]), V.Broadcast(start[2]), V.Broadcast(start[3]));
            (c4, c5, c6, c7) = (V.Broadcast(start[4]), V.Broadcast(start[5]), V.Broadcast(start[6]), V.Broadcast(start[7]));
            (c8, c9, c10, c11) = (V.Broadcast(start[8]), V.Broadcast(start[9]), V.Broadcast(start[10]), V.Broadcast(start[11]));
            (c12, c13, c14, c15) = (V.Broadcast(start[12]), V.Broadcast(start[13]), V.Broadcast(start[14]), V.Broadcast(start[15]));
        }

        T* a = task.A, b = task.B.Values;
        nint stepA = task.StepA, stepB = task.B.DepthStep;
        for (int k = task.Depth; k > 0; k--, a += stepA, b += stepB)
        {
            V x = V.Load(a);
            c0 = V.Fma(x, V.Broadcast(b[0]), c0);
            c1 = V.Fma(x, V.Broadcast(b[1]), c1);
            c2 = V.Fma(x, V.Broadcast(b[2]), c2);
            c3 = V.Fma(x, V.Broadcast(b[3]), c3);
            c4 = V.Fma(x, V.Broadcast(b[4]), c4);
            c5 = V.Fma(x, V.Broadcast(b[5]), c5);
            c6 = V.Fma(x, V.Broadcast(b[6]), c6);
            c7 = V.Fma(x, V.Broadcast(b[7]), c7);
            c8 = V.Fma(x, V.Broadcast(b[8]), c8);
            c9 = V.Fma(x, V.Broadcast(b[9]), c9);
            c10 = V.Fma(x, V.Broadcast(b[10]), c10);
            c11 = V.Fma(x, V.Broadcast(b[11]), c11);
            c12 = V.Fma(x, V.Broadcast(b[12]), c12);
            c13 = V.Fma(x, V.Broadcast(b[13]), c13);
            c14 = V.Fma(x, V.Broadcast(b[14]), c14);
            c15 = V.Fma(x, V.Broadcast(b[15]), c15);
        }

        T* c = task.C;
        nint step = task.StepC;
        Store(c, step, c0, c1, c2, c3);
        Store(c + (4 * step), step, c4, c5, c6, c7);
        Store(c + (8 * step), step, c8, c9, c10, c11);
        Store(c + (12 * step), step, c12, c13, c14, c15);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* destination, nint step, V first, V second, V third, V fourth)
    {
        V.Store(destination, first);
        V.Store(destination + step, second);
        V.Store(destination + (2 * step), third);
        V.Store(destination + (3 * step), fourth);
    }
}
