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
        OneVector<T, V> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        OneVector<T, V> c8 = default, c9 = default, c10 = default, c11 = default, c12 = default, c13 = default, c14 = default, c15 = default;
        T* start = task.Start;
        if (start != null)
        {
            (c0, c1, c2, c3) = (Broadcast(start[0]), Broadcast(start[1]), Broadcast(start[2]), Broadcast(start[3]));
            (c4, c5, c6, c7) = (Broadcast(start[4]), Broadcast(start[5]), Broadcast(start[6]), Broadcast(start[7]));
            (c8, c9, c10, c11) = (Broadcast(start[8]), Broadcast(start[9]), Broadcast(start[10]), Broadcast(start[11]));
            (c12, c13, c14, c15) = (Broadcast(start[12]), Broadcast(start[13]), Broadcast(start[14]), Broadcast(start[15]));
        }

        T* a = task.A, b = task.B.Values;
        nint stepA = task.StepA, stepB = task.B.DepthStep;
        for (int k = task.Depth; k > 0; k--, a += stepA, b += stepB)
        {
            var x = OneVector<T, V>.Load(a);
            c0.AddProduct(x, b);
            c1.AddProduct(x, b + 1);
            c2.AddProduct(x, b + 2);
            c3.AddProduct(x, b + 3);
            c4.AddProduct(x, b + 4);
            c5.AddProduct(x, b + 5);
            c6.AddProduct(x, b + 6);
            c7.AddProduct(x, b + 7);
            c8.AddProduct(x, b + 8);
            c9.AddProduct(x, b + 9);
            c10.AddProduct(x, b + 10);
            c11.AddProduct(x, b + 11);
            c12.AddProduct(x, b + 12);
            c13.AddProduct(x, b + 13);
            c14.AddProduct(x, b + 14);
            c15.AddProduct(x, b + 15);
        }

        T* c = task.C;
        nint step = task.StepC;
        Store(c, step, c0, c1, c2, c3);
        Store(c + (4 * step), step, c4, c5, c6, c7);
        Store(c + (8 * step), step, c8, c9, c10, c11);
        Store(c + (12 * step), step, c12, c13, c14, c15);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static OneVector<T, V> Broadcast(T value) => OneVector<T, V>.Broadcast(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* destination, nint step, OneVector<T, V> first, OneVector<T, V> second, OneVector<T, V> third, OneVector<T, V> fourth)
    {
        OneVector<T, V>.StoreFirst(destination, first, V.Width);
        OneVector<T, V>.StoreFirst(destination + step, second, V.Width);
        OneVector<T, V>.StoreFirst(destination + (2 * step), third, V.Width);
        OneVector<T, V>.StoreFirst(destination + (3 * step), fourth, V.Width);
    }
}
