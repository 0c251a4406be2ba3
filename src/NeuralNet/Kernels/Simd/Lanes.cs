using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Which numbers in memory the lanes of a vector are.</summary>
internal unsafe interface ILanes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>From one lane's number to the next's.</summary>
    static abstract int Step { get; }

    static abstract V Load<V>(T* source)
        where V : struct, ISimd<V, T>;

    static abstract void Store<V>(T* destination, V value)
        where V : struct, ISimd<V, T>;

    /// <summary>Stores vectors for two columns that follow each other.</summary>
    /// <param name="destination">The first column.</param>
    /// <param name="columnStep">From there to the second, where columns are longer than a number.</param>
    /// <param name="first">For the first.</param>
    /// <param name="second">For the second.</param>
    static abstract void StoreTwo<V>(T* destination, nint columnStep, V first, V second)
        where V : struct, ISimd<V, T>;
}

/// <summary>Lanes are numbers side by side: the samples of a column and, where it has fewer than the vector, of the next.</summary>
internal readonly unsafe struct SideBySide<T> : ILanes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Step => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(T* source)
        where V : struct, ISimd<V, T> => V.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V>(T* destination, V value)
        where V : struct, ISimd<V, T> => V.Store(destination, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTwo<V>(T* destination, nint columnStep, V first, V second)
        where V : struct, ISimd<V, T>
    {
        V.Store(destination, first);
        V.Store(destination + columnStep, second);
    }
}

/// <summary>Lanes are every second column, of a single sample.</summary>
internal readonly unsafe struct EverySecond<T> : ILanes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Step => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(T* source)
        where V : struct, ISimd<V, T> => V.LoadEverySecond(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V>(T* destination, V value)
        where V : struct, ISimd<V, T> => LaneByLane.Store(destination, Step, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTwo<V>(T* destination, nint columnStep, V first, V second)
        where V : struct, ISimd<V, T> => V.StoreAlternating(destination, first, second);
}

/// <summary>Lanes are every fourth column, of a single sample.</summary>
internal readonly unsafe struct EveryFourth<T> : ILanes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Step => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(T* source)
        where V : struct, ISimd<V, T> => V.LoadEveryFourth(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V>(T* destination, V value)
        where V : struct, ISimd<V, T> => LaneByLane.Store(destination, Step, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTwo<V>(T* destination, nint columnStep, V first, V second)
        where V : struct, ISimd<V, T> => LaneByLane.StorePairs(destination, Step, first, second);
}

/// <summary>Lanes that do not lie side by side, one by one.</summary>
internal static unsafe class LaneByLane
{
    /// <summary>Stores lanes so many numbers from each other; what lies between is left alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T, V>(T* destination, int step, V value)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
    {
        ref T first = ref Unsafe.As<V, T>(ref value);
        for (int lane = 0; lane < V.Width; lane++)
            destination[lane * step] = Unsafe.Add(ref first, lane);
    }

    /// <summary>Stores lanes of two vectors side by side, the pairs so many numbers from each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs<T, V>(T* destination, int step, V first, V second)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
    {
        Unsafe.SkipInit(out (V, V) turns);
        T* pairs = (T*)Unsafe.AsPointer(ref turns);
        V.StoreAlternating(pairs, first, second);
        for (int lane = 0; lane < V.Width; lane++)
            *(Pair<T>*)(destination + (lane * step)) = ((Pair<T>*)pairs)[lane];
    }

    private readonly record struct Pair<T>(T First, T Second);
}
